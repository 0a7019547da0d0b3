import type { Layer, RequestCase } from '@denyscope/model';
import { readDocument, type Issue, type PolicyKind } from './document.ts';
import { meets, type Asked } from './statement.ts';
import type { Naming } from './principal.ts';

/** A conformance case without its name and its expectation (formats.md section 2). */
export type ConcreteRequest = Readonly<Omit<RequestCase, 'id' | 'expect' | 'features' | 'kind'>>;

/** One fact behind a verdict: a statement that granted or denied, or a layer that stayed silent. */
export interface Reason {
  readonly layer: Layer;
  readonly outcome: 'allowed' | 'explicitly-denied' | 'implicitly-denied';
  /** The name of the policy, of the node without an Allow, or of the rule. */
  readonly source: string;
  /** JSON pointer of the statement in that policy. */
  readonly path?: string;
}

/** A statement that applies to the request, and how it names the caller. */
interface Grant extends Reason {
  readonly naming: Naming;
}

/** What the policies of one layer say of the request. */
export interface LayerAnswer {
  readonly layer: Layer;
  /** The node of the organization, or the layer itself. */
  readonly source: string;
  readonly allows: readonly Grant[];
  readonly denies: readonly Reason[];
  readonly issues: readonly (Issue & { readonly source: string })[];
}

/** B.1: within a layer the policies are one set of statements. */
export function askLayer(
  layer: Layer,
  kind: PolicyKind,
  policies: RequestCase['identityPolicies'],
  asked: Asked,
): LayerAnswer {
  const read = policies.map(({ name, policy }) => ({ name, ...readDocument(policy, kind) }));
  const met = read.flatMap(({ name, statements }) => {
    return statements.flatMap((statement) => {
      const naming = meets(statement, asked);
      if (naming === undefined) return [];
      const outcome = statement.effect === 'Allow' ? 'allowed' : 'explicitly-denied';
      return [{ layer, outcome, source: name, path: statement.path, naming } as const];
    });
  });
  return {
    layer,
    source: layer,
    allows: met.filter(({ outcome }) => outcome === 'allowed'),
    denies: met.filter(({ outcome }) => outcome === 'explicitly-denied'),
    issues: read.flatMap(({ name, issues }) => issues.map((issue) => ({ ...issue, source: name }))),
  };
}

/** The reason of a layer that had to allow and did not; none where it did. */
export function silence({ layer, source, allows }: LayerAnswer): readonly Reason[] {
  return allows.length > 0 ? [] : [{ layer, outcome: 'implicitly-denied', source }];
}
