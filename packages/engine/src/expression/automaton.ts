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

/** Steps that a search may still take; one search hands what it left to the next. */
export interface Work {
  left: number;
}

/** Steps of one search beyond which it gives up; undecided is never read as none. */
const STEP_BUDGET = 100_000;

/** One place of a glob: what it accepts, and whether it stays there. */
interface Place {
  readonly char: string | undefined;
  readonly colons: boolean;
  readonly stays: boolean;
}

/** The automaton of one demand, whose states (sets of places) are found as they are reached. */
interface Machine {
  readonly places: readonly Place[];
  readonly fold: boolean;
  readonly matches: boolean;
  readonly states: (readonly number[])[];
  readonly ids: Map<string, number>;
  /** By state, then by character. */
  readonly moves: Map<string, number>[];
}

/** For each machine the state that some text reaches. */
interface Reached {
  readonly states: readonly number[];
  readonly text: string;
}

/**
 * A shortest text that meets all demands: exact, by walking the product of the globs' automata breadth first, over
 * the characters that they name and one that none of them names.
 */
export function findText(demands: readonly GlobDemand[], work: Work = { left: STEP_BUDGET }): Found {
  const machines = demands.map(machineOf);
  const alphabet = alphabetOf(machines);
  const start: Reached = {
    states: machines.map((machine) => stateId(machine, spread(machine, [0]))),
    text: '',
  };
  const seen = new Set<string>([start.states.join()]);
  const limit = work.left - Math.min(work.left, STEP_BUDGET);
  let front: readonly Reached[] = [start];
  while (front.length > 0) {
    const next: Reached[] = [];
    for (const reached of front) {
      if (accepts(machines, reached.states)) return { kind: 'text', text: reached.text };
      work.left -= alphabet.length;
      if (work.left <= limit) return { kind: 'undecided' };
      addSuccessors({ machines, alphabet, seen }, reached, next);
    }
    front = next;
  }
  return { kind: 'none' };
}

interface Walk {
  readonly machines: readonly Machine[];
  readonly alphabet: readonly string[];
  readonly seen: Set<string>;
}

/** One more character, where every glob that must match still can. */
function addSuccessors(
  { machines, alphabet, seen }: Walk,
  { states, text }: Reached,
  found: Reached[],
): void {
  for (const char of alphabet) {
    const moved = machines.map((machine, at) => move(machine, states[at] ?? 0, char));
    if (machines.some((machine, at) => machine.matches && machine.states[moved[at] ?? 0]?.length === 0))
      continue;
    const name = moved.join();
    if (seen.has(name)) continue;
    seen.add(name);
    found.push({ states: moved, text: text + char });
  }
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
  const fold = demand.mode === 'ignore-case';
  return { places, fold, matches: demand.matches, states: [], ids: new Map(), moves: [] };
}

function stateId({ states, ids, moves }: Machine, places: readonly number[]): number {
  const name = places.join();
  const known = ids.get(name);
  if (known !== undefined) return known;
  const id = states.length;
  ids.set(name, id);
  states.push(places);
  moves.push(new Map());
  return id;
}

function move(machine: Machine, state: number, char: string): number {
  const moves = machine.moves[state];
  const known = moves?.get(char);
  if (known !== undefined) return known;
  const id = stateId(machine, advance(machine, machine.states[state] ?? [], char));
  moves?.set(char, id);
  return id;
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

/**
 * The places with those behind the stars at them, in order. From a star that takes any character, all can still be
 * read that an earlier place can, so that the places before the last of those stars say nothing.
 */
function spread(machine: Machine, places: readonly number[]): readonly number[] {
  const all = new Set<number>();
  for (const start of places) {
    let at = start;
    all.add(at);
    while (machine.places[at]?.stays === true) all.add(++at);
  }
  const isWide = (at: number): boolean => machine.places[at]?.stays === true && machine.places[at].colons;
  const last = Math.max(-1, ...[...all].filter(isWide));
  return [...all].filter((at) => at >= last).toSorted((a, b) => a - b);
}

function accepts(machines: readonly Machine[], states: readonly number[]): boolean {
  return machines.every((machine, at) => {
    const places = machine.states[states[at] ?? 0] ?? [];
    return places.includes(machine.places.length) === machine.matches;
  });
}
