import { atomText, type Atom } from './atom.ts';

/** An atom, or its negation. */
export interface LiteralNode {
  readonly kind: 'literal';
  readonly id: number;
  readonly atom: Atom;
  readonly positive: boolean;
}

/** What holds for every request, or for none. */
type ConstantNode =
  { readonly kind: 'true'; readonly id: number } | { readonly kind: 'false'; readonly id: number };

/**
 * An interned expression in negation normal form. Within one `Expressions`, equal ids mean equal expressions up to
 * order and duplicates; different ids may still be equivalent.
 */
export type Node =
  | ConstantNode
  | LiteralNode
  | { readonly kind: 'all' | 'any'; readonly id: number; readonly parts: readonly Node[] };

/** Builds expressions; all that are combined must come from the same builder. Equal atoms become the same object. */
export interface Expressions {
  readonly yes: Node;
  readonly no: Node;
  atom(atom: Atom): Node;
  all(parts: readonly Node[]): Node;
  any(parts: readonly Node[]): Node;
  not(node: Node): Node;
  of(truth: boolean): Node;
  /** The expression with each atom of which `choose` says so replaced by its truth. */
  assign(node: Node, choose: (atom: Atom) => boolean | undefined): Node;
}

const YES: Node = { kind: 'true', id: 0 };
const NO: Node = { kind: 'false', id: 1 };
/** How many constants there are, which all builders share. */
const CONSTANTS = 2;

/** A new, empty builder. */
export function createExpressions(): Expressions {
  const table: Table = { nodes: undefined, negations: undefined, size: CONSTANTS };
  return {
    yes: YES,
    no: NO,
    atom(atom) {
      return intern(table, atomText(atom), (id) => ({ kind: 'literal', id, atom, positive: true }));
    },
    all(parts) {
      return combine('all', parts, table);
    },
    any(parts) {
      return combine('any', parts, table);
    },
    not(node) {
      return negation(node, table);
    },
    of(truth) {
      return truth ? YES : NO;
    },
    assign(node, choose) {
      return assigned(node, choose, table);
    },
  };
}

interface Table {
  /** By a text that equal nodes share; without constants, and without negated literals, which `negations` holds. */
  nodes: Map<string, Node> | undefined;
  negations: Map<number, Node> | undefined;
  /** The next id. */
  size: number;
}

function intern(table: Table, text: string, make: (id: number) => Node): Node {
  const nodes = (table.nodes ??= new Map<string, Node>());
  const known = nodes.get(text);
  if (known) return known;
  const made = make(table.size++);
  nodes.set(text, made);
  return made;
}

/** Most combinations are of constants, or of one part and constants: those need no table. */
function combine(kind: 'all' | 'any', given: readonly Node[], table: Table): Node {
  const neutral = kind === 'all' ? YES : NO;
  const zero = kind === 'all' ? NO : YES;
  let only: Node = neutral;
  let several = false;
  for (const node of given) {
    if (node === zero) return zero;
    if (node === neutral || node === only) continue;
    if (only !== neutral) several = true;
    only = node;
  }
  return several ? combined(kind, given, { neutral, zero, table }) : only;
}

interface Combining {
  readonly neutral: Node;
  readonly zero: Node;
  readonly table: Table;
}

function combined(kind: 'all' | 'any', given: readonly Node[], { neutral, zero, table }: Combining): Node {
  const parts = flattened(kind, given);
  parts.delete(neutral.id);
  const kept: Node[] = [];
  for (const part of parts.values()) {
    if (contradicts(part, parts, table)) return zero;
    if (!isAbsorbed(part, parts)) kept.push(part);
  }
  kept.sort((a, b) => a.id - b.id);
  const [first = neutral] = kept;
  if (kept.length <= 1) return first;
  const text = `${kind} ${kept.map((part) => part.id).join(',')}`;
  return intern(table, text, (id) => ({ kind, id, parts: kept }));
}

/** The parts by id, those of combinations of the same kind among them. */
function flattened(kind: 'all' | 'any', given: readonly Node[]): Map<number, Node> {
  const parts = new Map<number, Node>();
  for (const node of given) {
    if (node.kind === kind) for (const part of node.parts) parts.set(part.id, part);
    else parts.set(node.id, node);
  }
  return parts;
}

/** Is the literal's negation among them? One that nobody has asked for yet is nowhere. */
function contradicts(part: Node, among: ReadonlyMap<number, Node>, { negations }: Table): boolean {
  const opposite = part.kind === 'literal' ? negations?.get(part.id) : undefined;
  return opposite !== undefined && among.has(opposite.id);
}

/** `a and (a or b)` is `a`: a part that holds another part of the same combination says nothing new. */
function isAbsorbed(part: Node, among: ReadonlyMap<number, Node>): boolean {
  return (part.kind === 'all' || part.kind === 'any') && part.parts.some((inner) => among.has(inner.id));
}

function negation(node: Node, table: Table): Node {
  if (node.kind === 'true') return NO;
  if (node.kind === 'false') return YES;
  const negations = (table.negations ??= new Map<number, Node>());
  const known = negations.get(node.id);
  if (known) return known;
  const made = negated(node, table);
  negations.set(node.id, made);
  if (!negations.has(made.id)) negations.set(made.id, node);
  return made;
}

function negated(node: Exclude<Node, ConstantNode>, table: Table): Node {
  if (node.kind === 'literal') {
    return { kind: 'literal', id: table.size++, atom: node.atom, positive: !node.positive };
  }
  const parts = node.parts.map((part) => negation(part, table));
  return combine(node.kind === 'all' ? 'any' : 'all', parts, table);
}

function assigned(node: Node, choose: (atom: Atom) => boolean | undefined, table: Table): Node {
  if (node.kind === 'literal') {
    const truth = choose(node.atom);
    if (truth === undefined) return node;
    return truth === node.positive ? YES : NO;
  }
  if (node.kind !== 'all' && node.kind !== 'any') return node;
  const parts = node.parts.map((part) => assigned(part, choose, table));
  const isUnchanged = parts.every((part, at) => part === node.parts[at]);
  return isUnchanged ? node : combine(node.kind, parts, table);
}

/** Every atom of the expression, each once. */
export function atomsOf(node: Node, found: Set<Atom> = new Set()): ReadonlySet<Atom> {
  if (node.kind === 'literal') found.add(node.atom);
  if (node.kind === 'all' || node.kind === 'any') for (const part of node.parts) atomsOf(part, found);
  return found;
}
