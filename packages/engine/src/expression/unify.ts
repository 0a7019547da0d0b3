import type { Leg } from '@denyscope/model';
import { globMatches, globText, literalGlob, parseGlob, residualGlobs, type Glob } from '../compile/glob.ts';
import type { Piece, Template } from '../compile/template.ts';
import type { RelationAtom, SomeAtom } from './atom.ts';
import type { Choice } from './key-values.ts';
import { witnessKey } from './point.ts';

/** An open key, and whose it is. */
export interface Place {
  readonly leg: Leg;
  readonly key: string;
}

/** The open keys that a comparison's templates hold. */
export function variablesOf(atom: RelationAtom | SomeAtom): readonly Place[] {
  const templates = atom.kind === 'some' ? atom.values : [atom.template];
  return templates.flatMap((template) =>
    template.pieces.flatMap((piece) =>
      piece.kind === 'variable' ? [{ leg: piece.leg ?? atom.leg, key: piece.key }] : [],
    ),
  );
}

/** The template as a glob, every variable read as any text. */
export function widestGlob({ pieces }: Template, wildcards: boolean): Glob {
  return pieces.flatMap((piece): Glob => {
    if (piece.kind === 'variable') return [{ kind: 'star' }];
    return piece.kind === 'text' && wildcards ? parseGlob(piece.text) : literalGlob(piece.text);
  });
}

/** What the subject must meet for some values of the variables: the first way, where there are several. */
export function widened({ leg, key, prefix, operator, template }: RelationAtom): readonly Choice[] {
  if (key === undefined || (operator !== 'like' && operator !== 'equals')) return [];
  const [glob] = residualGlobs(widestGlob(template, operator === 'like'), prefix);
  if (!glob) return [];
  return [{ atom: { kind: 'test', leg, key, test: 'like', value: globText(glob), glob }, positive: true }];
}

/** Steps of one match beyond which it ends. */
const MATCH_BUDGET = 2000;

interface Match {
  readonly pieces: readonly Piece[];
  readonly leg: Leg;
  readonly text: string;
  readonly values: Map<string, { readonly place: Place; readonly value: string }>;
  left: number;
}

/** Values of the variables with which the template is the text; a wildcard may stand for anything. */
export function* unify(
  { pieces }: Template,
  leg: Leg,
  text: string,
): Generator<readonly (readonly [place: Place, value: string])[]> {
  const match: Match = { pieces, leg, text, values: new Map(), left: MATCH_BUDGET };
  for (const _ of matches(match, 0, 0)) {
    yield [...match.values.values()].map(({ place, value }) => [place, value] as const);
  }
}

/** Each time it yields, the pieces from `piece` on are the text from `at` on. */
function* matches(match: Match, piece: number, at: number): Generator<true> {
  if (--match.left < 0) return;
  const next = match.pieces[piece];
  if (!next) {
    if (at === match.text.length) yield true;
    return;
  }
  for (let end = at; end <= match.text.length; end++) {
    const part = match.text.slice(at, end);
    if (next.kind === 'variable') yield* withValue(match, next, { piece, part, end });
    else if (globMatches(globOf(next), part)) yield* matches(match, piece + 1, end);
  }
}

function globOf(piece: Exclude<Piece, { kind: 'variable' }>): Glob {
  return piece.kind === 'text' ? parseGlob(piece.text) : literalGlob(piece.text);
}

interface Step {
  readonly piece: number;
  readonly part: string;
  readonly end: number;
}

/** A variable has one value, wherever it stands. */
function* withValue(
  match: Match,
  { leg, key }: Extract<Piece, { kind: 'variable' }>,
  { piece, part, end }: Step,
): Generator<true> {
  const place = { leg: leg ?? match.leg, key };
  const name = witnessKey(place.leg, key);
  const known = match.values.get(name);
  if (part === '' || (known && known.value !== part)) return;
  match.values.set(name, { place, value: part });
  yield* matches(match, piece + 1, end);
  if (!known) match.values.delete(name);
}
