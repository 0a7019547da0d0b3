import type { Glob } from '../compile/glob.ts';

/** How a glob's characters compare: as they are, without case, or as an ARN whose first five colons stand. */
export type GlobMode = 'plain' | 'ignore-case' | 'arn';

/** A text must match, or must not match, this glob. */
export interface GlobDemand {
  readonly glob: Glob;
  readonly mode: GlobMode;
  readonly matches: boolean;
}

/** A text that meets the demands; none; or the search gave up. */
export type Found =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'undecided' };

/** One place of a glob: what it accepts, and whether it stays there. */
interface Place {
  readonly char: string | undefined;
  readonly colons: boolean;
  readonly stays: boolean;
}

interface Machine {
  readonly places: readonly Place[];
  readonly fold: boolean;
  readonly matches: boolean;
}

/** Product states beyond which the search gives up; undecided is never read as none. */
const STATE_BUDGET = 4000;

/** For each demand the places of its glob that some text reaches. */
type State = readonly (readonly number[])[];

interface Reached {
  readonly state: State;
  readonly text: string;
}

/**
 * A shortest text that meets all demands: exact, by walking the product of the globs' automata breadth first, over
 * the characters that they name and one that none of them names.
 */
export function findText(demands: readonly GlobDemand[]): Found {
  const machines = demands.map(machineOf);
  const alphabet = alphabetOf(machines);
  const start: Reached = { state: machines.map((machine) => spread(machine, [0])), text: '' };
  const seen = new Set<string>([stateText(start.state)]);
  let front: readonly Reached[] = [start];
  while (front.length > 0) {
    const found = front.find(({ state }) => accepts(machines, state));
    if (found) return { kind: 'text', text: found.text };
    front = front.flatMap((reached) => successors(machines, alphabet, reached)).filter(isNew(seen));
    if (seen.size > STATE_BUDGET) return { kind: 'undecided' };
  }
  return { kind: 'none' };
}

function isNew(seen: Set<string>): (reached: Reached) => boolean {
  return ({ state }) => {
    const text = stateText(state);
    if (seen.has(text)) return false;
    seen.add(text);
    return true;
  };
}

/** One more character, where every glob that must match still can. */
function successors(
  machines: readonly Machine[],
  alphabet: readonly string[],
  { state, text }: Reached,
): Reached[] {
  return alphabet.flatMap((char) => {
    const moved = machines.map((machine, at) => advance(machine, state[at] ?? [], char));
    const isDead = machines.some((machine, at) => machine.matches && moved[at]?.length === 0);
    return isDead ? [] : [{ state: moved, text: text + char }];
  });
}

/** Does `outer` match every text that `inner` matches? Undefined where that is too hard. */
export function covers(outer: Glob, inner: Glob): boolean | undefined {
  return emptiness([
    { glob: inner, mode: 'plain', matches: true },
    { glob: outer, mode: 'plain', matches: false },
  ]);
}

/** Is there a text that both match? Undefined where that is too hard. */
export function intersects(a: Glob, b: Glob): boolean | undefined {
  const empty = emptiness([
    { glob: a, mode: 'plain', matches: true },
    { glob: b, mode: 'plain', matches: true },
  ]);
  return empty === undefined ? undefined : !empty;
}

function emptiness(demands: readonly GlobDemand[]): boolean | undefined {
  const found = findText(demands);
  return found.kind === 'undecided' ? undefined : found.kind === 'none';
}

function machineOf(demand: GlobDemand): Machine {
  let colons = 0;
  const places = demand.glob.map((token): Place => {
    const inPart = demand.mode === 'arn' && colons < 5;
    if (token.kind === 'char') {
      if (token.char === ':') colons++;
      return { char: token.char, colons: true, stays: false };
    }
    return { char: undefined, colons: !inPart, stays: token.kind === 'star' };
  });
  return { places, fold: demand.mode === 'ignore-case', matches: demand.matches };
}

function alphabetOf(machines: readonly Machine[]): readonly string[] {
  const chars = new Set(machines.flatMap(charsOf));
  return [freshChar(chars), ...[...chars].toSorted()];
}

function charsOf({ places, fold }: Machine): readonly string[] {
  const named = places.flatMap(({ char }) => (char === undefined ? [] : fold ? casesOf(char) : [char]));
  return places.some((place) => !place.colons) ? [...named, ':'] : named;
}

/** Both cases of a character, where each is one character too. */
function casesOf(char: string): readonly string[] {
  return [char, char.toLowerCase(), char.toUpperCase()].filter((form) => [...form].length === 1);
}

/** A character that no glob names, readable where possible. */
function freshChar(taken: ReadonlySet<string>): string {
  for (const char of 'xyzabcdefghijklmnopqrstuvw0123456789-_') if (!taken.has(char)) return char;
  let code = 0x100;
  while (taken.has(String.fromCodePoint(code))) code++;
  return String.fromCodePoint(code);
}

function advance(machine: Machine, places: readonly number[], char: string): readonly number[] {
  const next: number[] = [];
  for (const at of places) {
    const place = machine.places[at];
    if (!place || !acceptsChar(place, char, machine.fold)) continue;
    next.push(place.stays ? at : at + 1);
  }
  return spread(machine, next);
}

function acceptsChar(place: Place, char: string, fold: boolean): boolean {
  if (place.char === undefined) return place.colons || char !== ':';
  return fold ? place.char.toLowerCase() === char.toLowerCase() : place.char === char;
}

/** The places with those behind the stars at them, in order. */
function spread(machine: Machine, places: readonly number[]): readonly number[] {
  const all = new Set<number>();
  for (const start of places) {
    let at = start;
    all.add(at);
    while (machine.places[at]?.stays === true) all.add(++at);
  }
  return [...all].toSorted((a, b) => a - b);
}

function accepts(machines: readonly Machine[], state: readonly (readonly number[])[]): boolean {
  return machines.every(
    (machine, at) => (state[at] ?? []).includes(machine.places.length) === machine.matches,
  );
}

function stateText(state: readonly (readonly number[])[]): string {
  return state.map((places) => places.join(',')).join(';');
}
