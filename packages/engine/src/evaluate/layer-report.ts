import type { Layer, StatementRef } from '@denyscope/model';
import type { LayerReport, Matched, NodeMatches } from './combined.ts';
import type { Ask, LayerMatch } from './layer.ts';
import { addOnce } from './refs.ts';

/** What each layer by itself says, for the answer's table. */
export function reportsOf(matched: Matched): readonly LayerReport[] {
  const { set, ask, identity, resource } = matched;
  const { kind } = ask.caller.principal;
  const hasIdentity = kind !== 'anonymous' && kind !== 'service' && kind !== 'root' && kind !== 'account';
  const identityNote = hasIdentity
    ? silenceNote(identity, resource, matched)
    : `${kind} callers have no identity-based policies that count here`;
  return [
    nodesReport(matched.scps, ask),
    nodesReport(matched.rcps, ask),
    report(set.layers.identity, hasIdentity ? identity : undefined, ask, identityNote),
    report('boundary', matched.boundary, ask),
    report('session', matched.session, ask),
    report(set.layers.resource, resource, ask, silenceNote(resource, identity, matched)),
    report('vpc-endpoint', matched.endpoint, ask),
  ];
}

/** AWS (B.4): in the same account one side's Allow may do, so the other's silence is no fault. */
function silenceNote(silent: LayerMatch, other: LayerMatch, { set, ask: { caller } }: Matched): string {
  const oneSuffices = caller.accountId === set.resourceAccountId && !set.resourceMustAllow;
  const isMoot = oneSuffices && silent.grants.length === 0 && other.grants.length > 0;
  return isMoot ? 'silent: in the same account the Allow of the other side may suffice' : '';
}

function report(layer: Layer, match: LayerMatch | undefined, { leg, x }: Ask, note = ''): LayerReport {
  if (!match) return { leg, layer, applicable: false, allows: x.no, spares: x.yes, statements: [], note };
  const { allows, spares } = match;
  return { leg, layer, applicable: true, allows, spares, statements: statementsOf([match]), note };
}

/** Every node must allow; a layer that does not apply has none. */
function nodesReport({ layer, nodes }: NodeMatches, { leg, x }: Ask): LayerReport {
  const matches = nodes?.map(({ match }) => match) ?? [];
  const silent = nodes?.filter(({ match }) => match.allows === x.no).map(({ node }) => node) ?? [];
  return {
    leg,
    layer,
    applicable: nodes !== undefined,
    allows: x.all(matches.map(({ allows }) => allows)),
    spares: x.all(matches.map(({ spares }) => spares)),
    statements: statementsOf(matches),
    note: silent.length > 0 ? `no Allow at ${silent.join(', ')}` : '',
  };
}

/** Each statement once, denials first. */
function statementsOf(matches: readonly LayerMatch[]): readonly StatementRef[] {
  const found: StatementRef[] = [];
  for (const { denials } of matches) for (const { statement } of denials) addOnce(statement, found);
  for (const { grants } of matches) for (const { statement } of grants) addOnce(statement, found);
  return found;
}
