import { CALLED_VIA, KEY_AXIOMS, type KeyAxiom, type KeyState } from '@denyscope/model';
import type { Atom } from './atom.ts';
import { atomsOf, type Expressions, type Node } from './expressions.ts';

const BY_KEY: ReadonlyMap<string, readonly KeyAxiom[]> = new Map(
  KEY_AXIOMS.map(({ given: [key] }) => [key, KEY_AXIOMS.filter(({ given }) => given[0] === key)]),
);

/**
 * What holds between the keys that the expression names, whatever the request: a VPC endpoint's keys come together
 * and exclude the caller's public address, the age of MFA implies MFA.
 */
export function axiomsFor(node: Node, x: Expressions): Node {
  const keys = new Set([...atomsOf(node)].flatMap(keysOf));
  const rules = [...keys].flatMap((key) => {
    const known = (BY_KEY.get(key) ?? []).filter(({ follows: [other] }) => keys.has(other));
    return known.map(({ given, follows }) => x.any([x.not(stateNode(given, x)), stateNode(follows, x)]));
  });
  return x.all(rules);
}

/** What else a request carries where the key is there, and the value where it must have that one. */
export function companionsOf(
  key: string,
  values: readonly string[],
): readonly (readonly [key: string, value: string | undefined])[] {
  return (BY_KEY.get(key) ?? []).flatMap(({ given, follows: [other, state] }) => {
    const holds = given[1] === 'there' || values.includes('true');
    if (!holds || state === 'absent') return [];
    const same = CALLED_VIA.includes(key) && CALLED_VIA.includes(other) ? values[0] : undefined;
    return [[other, state === 'true' ? 'true' : same] as const];
  });
}

function stateNode([key, state]: readonly [string, KeyState], x: Expressions): Node {
  switch (state) {
    case 'there':
      return x.atom({ kind: 'present', leg: 's3', key });
    case 'absent':
      return x.not(x.atom({ kind: 'present', leg: 's3', key }));
    case 'true':
      return x.atom({ kind: 'test', leg: 's3', key, test: 'bool', value: 'true', glob: undefined });
  }
}

/** The keys of the call to S3 that the atom speaks of. */
function keysOf(atom: Atom): readonly string[] {
  if (atom.kind === 'unreadable') return [];
  const templates = atom.kind === 'some' ? atom.values : atom.kind === 'relation' ? [atom.template] : [];
  const variables = templates.flatMap((template) =>
    template.pieces.flatMap((piece) =>
      piece.kind === 'variable' && (piece.leg ?? atom.leg) === 's3' ? [piece.key] : [],
    ),
  );
  return atom.leg === 's3' && atom.key !== undefined ? [atom.key, ...variables] : variables;
}
