import type { Layer, RequestCase } from '@denyscope/model';
import { readDocument, type PolicyKind } from './document.ts';
import type { Naming } from './principal.ts';
import { meets, type Asked } from './statement.ts';

/** A conformance case without its name and its expectation (formats.md section 2). */
export type ConcreteRequest = Readonly<Omit<RequestCase, 'id' | 'expect' | 'features' | 'kind'>>;

/** One fact behind a verdict: a statement that granted or denied, or a layer or rule that refuses. */
export interface Reason {
  readonly layer: Layer;
  readonly outcome: 'allowed' | 'explicitly-denied' | 'implicitly-denied';
  /** The name of the policy, of the node without an Allow, or of the rule. */
  readonly source: string;
}

export type Reasons = readonly Reason[];

/** What allows the request, and how it names the caller. */
export interface Grant extends Reason {
  readonly naming: Naming;
}

/** What the policies of one layer, or of one node of the organization, say of the request. */
export interface LayerAnswer {
  readonly layer: Layer;
  readonly source: string;
  readonly allows: readonly Grant[];
  readonly denies: Reasons;
}

/** B.1: within a layer the policies are one set of statements. */
export function askLayer(
  layer: Layer,
  kind: PolicyKind,
  policies: RequestCase['identityPolicies'],
  asked: Asked,
): LayerAnswer {
  const met = policies.flatMap(({ name: source, policy }) => {
    return readDocument(policy, kind).flatMap((statement): readonly Grant[] => {
      const naming = meets(statement, asked);
      const outcome = statement.effect === 'Allow' ? 'allowed' : 'explicitly-denied';
      return naming ? [{ layer, outcome, source, naming }] : [];
    });
  });
  const those = (wanted: Reason['outcome']): readonly Grant[] =>
    met.filter(({ outcome }) => outcome === wanted);
  return { layer, source: layer, allows: those('allowed'), denies: those('explicitly-denied') };
}

/** The reason of a layer that had to allow and did not; none where it did. */
export function silence({ layer, source, allows }: LayerAnswer): Reasons {
  return allows.length > 0 ? [] : [refusal(layer, source)];
}

export function refusal(layer: Layer, source: string): Reason {
  return { layer, outcome: 'implicitly-denied', source };
}
