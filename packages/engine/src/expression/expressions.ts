import { atomText, type Atom } from './atom.ts';

/** An atom, or its negation. */
export interface LiteralNode {
  readonly kind: 'literal';
  readonly id: number;
  readonly atom: Atom;
  readonly positive: boolean;
}

/**
 * An interned expression in negation normal form. Within one `Expressions`, equal ids mean equal expressions up to
 * order and duplicates; different ids may still be equivalent.
 */
export type Node =
  | { readonly kind: 'true'; readonly id: number }
  | { readonly kind: 'false'; readonly id: number }
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

/** A new, empty builder. */
export function createExpressions(): Expressions {
  const table: Table = { nodes: new Map(), negations: new Map() };
  const yes = intern(table, 'true', (id) => ({ kind: 'true', id }));
  const no = intern(table, 'false', (id) => ({ kind: 'false', id }));
  table.negations.set(yes.id, no).set(no.id, yes);
  const builder: Builder = { table, yes, no };
  return {
    yes,
    no,
    atom: (atom) => literal(atom, true, table),
    all: (parts) => combine('all', parts, builder),
    any: (parts) => combine('any', parts, builder),
    not: (node) => negation(node, builder),
    of: (truth) => (truth ? yes : no),
    assign: (node, choose) => assigned(node, choose, builder),
  };
}

interface Table {
  /** By a text that equal nodes share. */
  readonly nodes: Map<string, Node>;
  readonly negations: Map<number, Node>;
}

interface Builder {
  readonly table: Table;
  readonly yes: Node;
  readonly no: Node;
}

function intern({ nodes }: Table, text: string, make: (id: number) => Node): Node {
  const known = nodes.get(text);
  if (known) return known;
  const made = make(nodes.size);
  nodes.set(text, made);
  return made;
}

function literal(atom: Atom, positive: boolean, table: Table): Node {
  const text = `${positive ? '+' : '-'}${atomText(atom)}`;
  return intern(table, text, (id) => ({ kind: 'literal', id, atom, positive }));
}

function combine(kind: 'all' | 'any', given: readonly Node[], builder: Builder): Node {
  const [neutral, zero] = kind === 'all' ? [builder.yes, builder.no] : [builder.no, builder.yes];
  const parts = new Map<number, Node>();
  for (const node of given) {
    for (const part of node.kind === kind ? node.parts : [node]) parts.set(part.id, part);
  }
  if (parts.has(zero.id)) return zero;
  parts.delete(neutral.id);
  const contradicts = (part: Node): boolean =>
    part.kind === 'literal' && parts.has(negation(part, builder).id);
  if ([...parts.values()].some(contradicts)) return zero;
  const kept = [...parts.values()].filter((part) => !isAbsorbed(part, parts)).toSorted((a, b) => a.id - b.id);
  const [first] = kept;
  if (first === undefined) return neutral;
  if (kept.length === 1) return first;
  const text = `${kind} ${kept.map((part) => part.id).join(',')}`;
  return intern(builder.table, text, (id) => ({ kind, id, parts: kept }));
}

/** `a and (a or b)` is `a`: a part that holds another part of the same combination says nothing new. */
function isAbsorbed(part: Node, among: ReadonlyMap<number, Node>): boolean {
  return (part.kind === 'all' || part.kind === 'any') && part.parts.some((inner) => among.has(inner.id));
}

function negation(node: Node, builder: Builder): Node {
  const { negations } = builder.table;
  const known = negations.get(node.id);
  if (known) return known;
  const made = negated(node, builder);
  negations.set(node.id, made);
  if (!negations.has(made.id)) negations.set(made.id, node);
  return made;
}

function negated(node: Node, builder: Builder): Node {
  switch (node.kind) {
    case 'true':
      return builder.no;
    case 'false':
      return builder.yes;
    case 'literal':
      return literal(node.atom, !node.positive, builder.table);
    case 'all':
    case 'any': {
      const parts = node.parts.map((part) => negation(part, builder));
      return combine(node.kind === 'all' ? 'any' : 'all', parts, builder);
    }
  }
}

function assigned(node: Node, choose: (atom: Atom) => boolean | undefined, builder: Builder): Node {
  if (node.kind === 'literal') {
    const truth = choose(node.atom);
    if (truth === undefined) return node;
    return truth === node.positive ? builder.yes : builder.no;
  }
  if (node.kind !== 'all' && node.kind !== 'any') return node;
  const parts = node.parts.map((part) => assigned(part, choose, builder));
  const isUnchanged = parts.every((part, at) => part === node.parts[at]);
  return isUnchanged ? node : combine(node.kind, parts, builder);
}

/** Every atom of the expression, each once. */
export function atomsOf(node: Node, found: Set<Atom> = new Set()): ReadonlySet<Atom> {
  if (node.kind === 'literal') found.add(node.atom);
  if (node.kind === 'all' || node.kind === 'any') for (const part of node.parts) atomsOf(part, found);
  return found;
}
