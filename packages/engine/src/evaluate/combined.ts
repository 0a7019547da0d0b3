import type { Layer, Leg, StatementRef } from '@denyscope/model';
import type { Node } from '../expression/expressions.ts';
import type { RequestContext } from './context.ts';
import type { Asked, Grant, LayerMatch } from './layer.ts';
import type { PolicySource } from './policy-source.ts';
import type { NodePolicies } from './question.ts';

/** One thing that must hold for the request to pass: the decision is "all of them". */
export interface Constraint {
  readonly leg: Leg;
  readonly layer: Layer;
  /** An explicit Deny must not apply, rather than an Allow be there. */
  readonly explicit: boolean;
  readonly statement: StatementRef | undefined;
  readonly holds: Node;
}

/** What one layer by itself says, for the answer's table of layers. */
export interface LayerReport {
  readonly leg: Leg;
  readonly layer: Layer;
  readonly applicable: boolean;
  readonly allows: Node;
  readonly spares: Node;
  readonly statements: readonly StatementRef[];
  readonly note: string;
}

/** All the policies that judge one (action, resource) pair. */
export interface PolicySet {
  readonly identity: readonly PolicySource[];
  readonly boundary: readonly PolicySource[] | undefined;
  readonly session: readonly PolicySource[] | undefined;
  readonly scps: readonly NodePolicies[] | undefined;
  readonly rcps: readonly NodePolicies[] | undefined;
  /** Several are a union. Undefined: the request does not come through an endpoint. */
  readonly endpoint: readonly PolicySource[] | undefined;
  readonly resource: readonly PolicySource[];
  /** Grants beside the resource's policy: a key's grants. */
  readonly grants: readonly Grant[];
  readonly resourceAccountId: string;
  /**
   * Keys and roles are exceptions to "identity or resource" (semantics.md B.4, D.4): their own policy must take part.
   */
  readonly resourceMustAllow: boolean;
  /**
   * The request goes through an access point, about whose ARN the caller's own policies are asked. Here they only
   * deny, or, in the bucket's own account, stand in for the bucket policy's Allow (semantics.md C.8).
   */
  readonly throughAccessPoint?: boolean | undefined;
  /** Where the resource's policy sees another context than the caller's policies do. */
  readonly resourceContext?: RequestContext | undefined;
  readonly layers: { readonly identity: Layer; readonly resource: Layer };
}

/** What the policies of one pair come to: all that must hold, what each layer says, and what grants. */
export interface Combined {
  readonly constraints: readonly Constraint[];
  readonly reports: readonly LayerReport[];
  readonly grants: readonly Grant[];
}

/** What the layers of one pair say, each by itself. */
export interface Matched {
  readonly set: PolicySet;
  readonly ask: Asked;
  readonly identity: LayerMatch;
  readonly resource: LayerMatch;
  /** All grants of the resource's side. */
  readonly granted: readonly Grant[];
  /** Undefined where the layer does not apply; the next two likewise. */
  readonly boundary: LayerMatch | undefined;
  readonly session: LayerMatch | undefined;
  readonly endpoint: LayerMatch | undefined;
  readonly scps: NodeMatches;
  readonly rcps: NodeMatches;
}

/** The policies of a path of nodes, matched; undefined nodes: the layer does not apply. */
export interface NodeMatches {
  readonly layer: 'scp' | 'rcp';
  readonly nodes: readonly { readonly node: string; readonly match: LayerMatch }[] | undefined;
}
