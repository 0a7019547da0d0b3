import { type Element, type Elements } from './elements.ts';

/** A statement of a document, taken apart. */
export interface Statement {
  readonly index: number;
  /** Undefined where it has none, or one that is no text. */
  readonly sid: string | undefined;
  readonly elements: Elements;
}

/** One of the two is there at least. */
export interface StatementPair {
  readonly before: Statement | undefined;
  readonly after: Statement | undefined;
}

/** Statements that still look for their counterpart. */
interface Open {
  readonly before: readonly Statement[];
  readonly after: readonly Statement[];
}

interface Matched {
  readonly pairs: readonly StatementPair[];
  readonly open: Open;
}

/**
 * Finds the statement after for each one before: by equal content, else by Sid, else the most alike. Content holds the
 * Sid, so that of two statements with one Sid the unchanged one finds itself. Turned round, the pairs are the same.
 */
export function pairStatements(
  before: readonly Statement[],
  after: readonly Statement[],
): readonly StatementPair[] {
  const byContent = inOrder({ before, after }, ({ elements }) => contentOf(elements));
  const bySid = inOrder(byContent.open, ({ sid }) => sid);
  const alike = byLikeness(bySid.open);
  return [
    ...byContent.pairs,
    ...bySid.pairs,
    ...alike.pairs,
    ...alike.open.before.map((statement) => ({ before: statement, after: undefined })),
    ...alike.open.after.map((statement) => ({ before: undefined, after: statement })),
  ];
}

/** The text of a statement's elements whatever their order. */
function contentOf(elements: Elements): string {
  return tokensOf(elements).toSorted().join('\n');
}

function tokensOf(elements: Elements): readonly string[] {
  return Array.from(elements).flatMap(([id, { values }]) =>
    values.size === 0 ? [id] : Array.from(values.keys(), (value) => `${id} ${value}`),
  );
}

/** Pairs the statements of equal keys in the order in which they stand; those without a key stay open. */
function inOrder(open: Open, keyOf: (statement: Statement) => string | undefined): Matched {
  const waiting = new Map<string | undefined, Statement[]>();
  for (const statement of open.after) {
    const queue = waiting.get(keyOf(statement));
    if (queue === undefined) waiting.set(keyOf(statement), [statement]);
    else queue.push(statement);
  }
  waiting.delete(undefined);
  const pairs = open.before.flatMap((statement) => {
    const counterpart = waiting.get(keyOf(statement))?.shift();
    return counterpart === undefined ? [] : [{ before: statement, after: counterpart }];
  });
  return matched(open, pairs);
}

function matched(open: Open, pairs: readonly StatementPair[]): Matched {
  const taken = new Set(pairs.flatMap(({ before, after }) => [before, after]));
  const isOpen = (statement: Statement): boolean => !taken.has(statement);
  return { pairs, open: { before: open.before.filter(isOpen), after: open.after.filter(isOpen) } };
}

/** Statements that share less than this are two different ones. */
const ALIKE = 0.5;
/** Beyond so many comparisons a document is no policy of AWS, whose policies end at a few tens of kilobytes. */
const MOST_COMPARISONS = 40_000;

interface Candidate {
  readonly before: Statement;
  readonly after: Statement;
  readonly likeness: number;
}

function byLikeness(open: Open): Matched {
  if (open.before.length * open.after.length > MOST_COMPARISONS) return matched(open, []);
  const tokens = new Map(
    [...open.before, ...open.after].map((statement) => [statement, new Set(likenessTokens(statement))]),
  );
  const candidates = open.before.flatMap((before) =>
    open.after.map((after) => ({ before, after, likeness: likeness(tokens.get(before), tokens.get(after)) })),
  );
  const taken = new Set<Statement>();
  const pairs: StatementPair[] = [];
  for (const { before, after } of candidates.filter(isAlike).toSorted(bestFirst)) {
    if (taken.has(before) || taken.has(after)) continue;
    taken.add(before).add(after);
    pairs.push({ before, after });
  }
  return matched(open, pairs);
}

/** A new Sid alone makes no other statement. */
function likenessTokens({ elements }: Statement): readonly string[] {
  const isSaid = ([, { element }]: readonly [string, Element]): boolean => element !== 'Sid';
  return tokensOf(new Map(Array.from(elements).filter(isSaid)));
}

/** What two statements have in common, of all that either says. */
function likeness(one: ReadonlySet<string> = new Set(), other: ReadonlySet<string> = new Set()): number {
  const shared = Array.from(one).filter((token) => other.has(token)).length;
  const all = one.size + other.size - shared;
  return all === 0 ? 1 : shared / all;
}

function isAlike({ likeness: found }: Candidate): boolean {
  return found >= ALIKE;
}

/** The most alike first; of equally alike ones those that stand closest, and then those that stand first. */
function bestFirst(a: Candidate, b: Candidate): number {
  const distance = ({ before, after }: Candidate): number => Math.abs(before.index - after.index);
  const place = ({ before, after }: Candidate): number => before.index + after.index;
  return b.likeness - a.likeness || distance(a) - distance(b) || place(a) - place(b);
}
