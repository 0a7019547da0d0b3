import type { TestAtom, Atom } from './atom.ts';
import { atomsOf, type Expressions, type Node } from './expressions.ts';

/** What follows where a key is there: that another is (`there`), is not (`absent`), or is true (`true`). */
type Implied = readonly [key: string, state: 'there' | 'absent' | 'true'];

/** AWS (C.12, E): a VPC endpoint brings these together, and takes the caller's public address away. */
const NETWORK = ['aws:sourcevpce', 'aws:sourcevpc', 'aws:vpcsourceip'];

const THROUGH_ENDPOINT = [
  ...NETWORK,
  'aws:sourcevpcarn',
  'aws:vpceaccount',
  'aws:vpceorgid',
  'aws:vpceorgpaths',
];

function throughEndpoint(key: string): readonly Implied[] {
  const others = NETWORK.filter((other) => other !== key);
  return [...others.map((other) => [other, 'there'] as const), ['aws:sourceip', 'absent']];
}

/** What always holds between keys of the call to S3. */
const IMPLICATIONS: ReadonlyMap<string, readonly Implied[]> = new Map([
  ...THROUGH_ENDPOINT.map((key) => [key, throughEndpoint(key)] as const),
  // AWS (C.12): there only where MFA was used.
  ['aws:multifactorauthage', [['aws:multifactorauthpresent', 'true']]],
  // AWS (B.6, C.12): only a service that reuses the caller's credentials brings these.
  ['aws:calledvia', [['aws:viaawsservice', 'true']]],
  ['aws:calledviafirst', [['aws:viaawsservice', 'true']]],
  ['aws:calledvialast', [['aws:viaawsservice', 'true']]],
]);

/**
 * What holds between the keys that the expression names, whatever the request: a VPC endpoint's keys come together
 * and exclude the caller's public address, the age of MFA implies MFA.
 */
export function axiomsFor(node: Node, x: Expressions): Node {
  const keys = new Set([...atomsOf(node)].flatMap(keysOf));
  const rules = [...keys].flatMap((key) => {
    const implied = (IMPLICATIONS.get(key) ?? []).filter(([other]) => keys.has(other));
    return implied.map((conclusion) => x.any([x.not(present(key, x)), impliedNode(conclusion, x)]));
  });
  return x.all(rules);
}

/** What else a request carries where the key is there, and the value where it must have that one. */
export function companionsOf(key: string): readonly (readonly [key: string, value: string | undefined])[] {
  return (IMPLICATIONS.get(key) ?? []).flatMap(([other, state]) =>
    state === 'absent' ? [] : [[other, state === 'true' ? 'true' : undefined] as const],
  );
}

function present(key: string, x: Expressions): Node {
  return x.atom({ kind: 'present', leg: 's3', key });
}

function impliedNode([key, state]: Implied, x: Expressions): Node {
  switch (state) {
    case 'there':
      return present(key, x);
    case 'absent':
      return x.not(present(key, x));
    case 'true':
      return x.atom({
        kind: 'test',
        leg: 's3',
        key,
        test: 'bool',
        value: 'true',
        glob: undefined,
      } satisfies TestAtom);
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
