import { rulesOf } from '../condition/operators.ts';
import { listWords } from './amounts.ts';
import type { Atom, PresentAtom, RelationAtom, TestAtom } from './atom.ts';
import type { Node } from './expressions.ts';
import { groupText, ofLeg, presenceText, someText, variablesNamed } from './test-text.ts';
import { keyName } from './words.ts';

/** The expression in words: "through vpce-1a2b3c4d, over TLS, objects under raw/ only". */
export function expressionText(node: Node): string {
  switch (node.kind) {
    case 'true':
      return 'always';
    case 'false':
      return 'never';
    case 'literal':
    case 'all':
      return allText(clausesOf(node, 'all'));
    case 'any':
      return anyText(clausesOf(node, 'any'));
  }
}

/** One thing that is said; a choice is several of which one is enough, a sum several that all are needed. */
interface Clause {
  readonly text: string;
  readonly form: 'plain' | 'choice' | 'sum';
  /** Clauses are said in this order. */
  readonly rank: number;
}

/** Clauses beyond which the rest is counted. */
const MOST_CLAUSES = 10;
const MOST_CHOICES = 6;

/** "a, b, and either c or d" */
function allText(clauses: readonly Clause[]): string {
  const texts = clauses.map(({ text, form }) =>
    form === 'choice' && clauses.length > 1 ? `either ${text}` : text,
  );
  const rest = texts.length - MOST_CLAUSES;
  if (rest > 0) return `${texts.slice(0, MOST_CLAUSES).join(', ')}, and ${rest} more conditions`;
  const last = texts.at(-1) ?? '';
  return clauses.length > 1 && clauses.at(-1)?.form === 'choice'
    ? `${texts.slice(0, -1).join(', ')}, and ${last}`
    : texts.join(', ');
}

/** "a or b", "a and b, or c" */
function anyText(clauses: readonly Clause[]): string {
  const separator = clauses.some(({ form }) => form === 'sum') ? ', or ' : ' or ';
  const texts = clauses.map(({ text }) => text);
  const rest = texts.length - MOST_CHOICES;
  return rest > 0
    ? `${texts.slice(0, MOST_CHOICES).join(separator)}${separator}in ${rest} more ways`
    : texts.join(separator);
}

/** What the parts of a combination say, joined where they speak of one key, in a fixed order, none twice. */
function clausesOf(node: Node, kind: 'all' | 'any', depth = 0): readonly Clause[] {
  const parts = node.kind === kind ? node.parts : [node];
  const literals = parts.flatMap((part) => (part.kind === 'literal' ? [part] : []));
  const clauses = [
    ...literalClauses(literals, kind),
    ...parts.flatMap((part) => (part.kind === 'all' || part.kind === 'any' ? [partClause(part, depth)] : [])),
  ];
  const byText = new Map(clauses.map((clause) => [clause.text, clause]));
  return [...byText.values()].toSorted((a, b) => a.rank - b.rank || (a.text < b.text ? -1 : 1));
}

/** A combination within another; within brackets from the second level on. */
function partClause(node: Extract<Node, { kind: 'all' | 'any' }>, depth: number): Clause {
  const clauses = clausesOf(node, node.kind, depth + 1);
  const [only] = clauses;
  if (only !== undefined && clauses.length === 1) return only;
  if (node.kind === 'any') {
    const text = anyText(clauses.map(bracketed('sum')));
    return {
      text: depth === 0 ? text : `(${text})`,
      form: depth === 0 ? 'choice' : 'plain',
      rank: RANKS.length,
    };
  }
  const text = clauses
    .map(bracketed('choice'))
    .map((clause) => (clause.text.includes(' or ') ? `(${clause.text})` : clause.text))
    .join(' and ');
  return { text, form: 'sum', rank: RANKS.length };
}

function bracketed(form: Clause['form']): (clause: Clause) => Clause {
  return (clause) => (clause.form === form ? { ...clause, text: `(${clause.text})`, form: 'plain' } : clause);
}

interface Literal {
  readonly atom: Atom;
  readonly positive: boolean;
}

/** The atoms of a combination: tests of one key that are said together, and the rest. */
interface Sorted {
  readonly groups: ReadonlyMap<string, readonly TestAtom[]>;
  readonly others: readonly Literal[];
  readonly documents: readonly string[];
}

/** In "any" the positive tests of a key are one test of several values, in "all" the negative ones. */
function sorted(literals: readonly Literal[], joins: boolean): Sorted {
  const groups = new Map<string, readonly TestAtom[]>();
  const others: Literal[] = [];
  const documents = new Set<string>();
  for (const literal of literals) {
    const { atom, positive } = literal;
    if (atom.kind === 'unreadable') documents.add(atom.document);
    else if (atom.kind === 'test' && positive === joins) {
      const place = placeOf(atom);
      groups.set(place, [...(groups.get(place) ?? []), atom]);
    } else others.push(literal);
  }
  return { groups, others, documents: [...documents].toSorted() };
}

function placeOf({ leg, key }: TestAtom | PresentAtom): string {
  return `${leg} ${key}`;
}

function literalClauses(literals: readonly Literal[], kind: 'all' | 'any'): readonly Clause[] {
  const { groups, others, documents } = sorted(literals, kind === 'any');
  const there = new Set(
    others.flatMap(({ atom, positive }) =>
      kind === 'all' && atom.kind === 'present' && positive ? [placeOf(atom)] : [],
    ),
  );
  const isSaid = ({ atom }: Literal): boolean =>
    atom.kind === 'present' && there.has(placeOf(atom)) && groups.has(placeOf(atom));
  return [
    ...[...groups.values()].flatMap((tests) => groupClause(tests, kind === 'any', there)),
    ...others.filter((literal) => !isSaid(literal)).map(literalClause),
    ...(documents.length === 0 ? [] : [{ ...plain(unreadableText(documents)), rank: RANKS.length + 1 }]),
  ];
}

function groupClause(
  tests: readonly TestAtom[],
  positive: boolean,
  there: ReadonlySet<string>,
): readonly Clause[] {
  const [first] = tests;
  if (!first) return [];
  const { leg, key } = first;
  const isThere = !positive && there.has(placeOf(first));
  return [plain(groupText({ leg, key, tests, positive, isThere }), key)];
}

function literalClause({ atom, positive }: Literal): Clause {
  switch (atom.kind) {
    case 'test':
      return plain(
        groupText({ leg: atom.leg, key: atom.key, tests: [atom], positive, isThere: false }),
        atom.key,
      );
    case 'present':
      return plain(presenceText(atom.leg, atom.key, positive), atom.key);
    case 'some':
      return plain(ofLeg(atom, someText(atom, positive)), atom.key);
    case 'relation':
      return plain(relationText(atom, positive), atom.key);
    case 'unreadable':
      return plain(unreadableText([atom.document]));
  }
}

function plain(text: string, key?: string): Clause {
  return { text, form: 'plain', rank: rankOf(key) };
}

/** What people want to know first: from where, how, who, then what. */
const RANKS: readonly RegExp[] = [
  /^aws:(source(vpc|ip)|vpc)/,
  /^(s3:dataaccesspoint|s3:accesspoint|aws:viaaws|aws:calledvia|kms:viaservice)/,
  /^aws:source/,
  /^(aws:securetransport|s3:tlsversion)/,
  /^aws:(multifactor|tokenissue|userid|username|principal)/,
  /^(session-name|aws:(current|epoch)time)/,
  /^(key$|s3:prefix|s3:existingobjecttag|s3:versionid|object-lock)/,
];

function rankOf(key: string | undefined): number {
  const rank = key === undefined ? -1 : RANKS.findIndex((pattern) => pattern.test(key));
  return rank < 0 ? RANKS.length - 1 : rank;
}

/** A text against a template with variables; what both begin with is left out. */
function relationText({ leg, key, prefix, operator, template }: RelationAtom, positive: boolean): string {
  const isPath = (operator === 'like' || operator === 'equals') && key !== undefined;
  const text = variablesNamed(template.text);
  if (isPath && text.startsWith(prefix)) {
    const tests = [{ test: operator, value: text.slice(prefix.length) }];
    return groupText({ leg, key, tests, positive, isThere: false });
  }
  const subject = `${prefix}${key === undefined ? '' : `<${keyName(key)}>`}`;
  return ofLeg({ leg, key }, `where ${subject} ${rulesOf(operator).words[positive ? 0 : 1]} ${text}`);
}

/** Which way an unreadable document would decide is for the bounds; people want its name, once. */
function unreadableText(documents: readonly string[]): string {
  const list = documents.length > 4 ? listWords(documents, 'documents', true) : andList(documents);
  return `depending on ${list}, which could not be read`;
}

function andList(texts: readonly string[]): string {
  const last = texts.at(-1) ?? '';
  return texts.length < 2 ? last : `${texts.slice(0, -1).join(', ')} and ${last}`;
}
