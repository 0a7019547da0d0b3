import { atomsOf, type Expressions, type Node } from '../expression/expressions.ts';
import type { Constraint } from './combined.ts';
import type { RequestContext } from './context.ts';
import type { EndpointPlace } from './question.ts';

const VPCE = 'aws:sourcevpce';

/**
 * What the inventory knows of the endpoints that conditions name: a request through one of them comes from its VPC,
 * and the endpoint belongs to its account (semantics.md C.12, E).
 */
export function endpointPlaces(
  endpoints: ReadonlyMap<string, EndpointPlace>,
  constraints: readonly Constraint[],
  { context, x }: { readonly context: RequestContext; readonly x: Expressions },
): Node {
  const isOpen = (key: string): boolean => context.stateOf(key).kind === 'open';
  if (endpoints.size === 0 || !isOpen(VPCE)) return x.yes;
  const named = new Set(constraints.flatMap(({ holds }) => namedEndpoints(holds)));
  const rules = [...named].flatMap((id) => {
    const place = endpoints.get(id);
    if (!place) return [];
    const facts = [
      ['aws:sourcevpc', place.vpcId],
      ['aws:vpceaccount', place.accountId],
    ] as const;
    return facts.flatMap(([key, value]) =>
      value === undefined || !isOpen(key) ? [] : [x.any([x.not(equal(VPCE, id, x)), equal(key, value, x)])],
    );
  });
  return x.all(rules);
}

function namedEndpoints(node: Node): readonly string[] {
  return [...atomsOf(node)].flatMap((atom) =>
    atom.kind === 'test' && atom.key === VPCE && atom.test === 'equals' ? [atom.value] : [],
  );
}

function equal(key: string, value: string, x: Expressions): Node {
  return x.atom({ kind: 'test', leg: 's3', key, test: 'equals', value, glob: undefined });
}
