import { type LedgerRow, type UnreadableResources } from '@denyscope/inventory';
import { isSnapshotKind } from '@denyscope/model';
import { type Labels, type Metrics } from '@denyscope/ops';
import { type LoadedScan } from '../scans.ts';
import { type Series, replace } from './series.ts';

/** The gauges of what the last complete scan could read, from its ledger. */
export interface CoverageGauges {
  readonly show: (scan: LoadedScan) => void;
}

export function coverageGauges(registry: Metrics): CoverageGauges {
  const coverage = registry.gauge({
    name: 'denyscope_coverage_ratio',
    help: 'The part of the account that was read, 0 to 1; suspended and excluded accounts have none.',
    labels: ['account_id'],
  });
  const unreadable = registry.gauge({
    name: 'denyscope_inventory_unreadable_resources',
    help: 'Resources of which a part could not be read, once for each reason.',
    labels: ['account_id', 'resource_type', 'reason'],
  });
  return {
    show: ({ ledger, compiled: { estate } }) => {
      const { organization } = estate;
      const management = organization.kind === 'seen' ? organization.value.managementAccountId : undefined;
      const ofOrganization = ledger.organization && { ...ledger.organization, accountId: management ?? null };
      replace(coverage, ledger.accounts.flatMap(ratioOf));
      replace(unreadable, [...ledger.accounts, ofOrganization ?? []].flat().flatMap(unreadableOf));
    },
  };
}

/** Nobody wants to be woken by an account that is left out on purpose. */
const LEFT_OUT: ReadonlySet<string> = new Set<LedgerRow['status']>(['suspended', 'excluded']);

function ratioOf({ accountId, status, coverage }: LedgerRow): Series {
  return accountId === null || LEFT_OUT.has(status) ? [] : [[{ account_id: accountId }, coverage]];
}

function unreadableOf({ accountId, unreadableResources }: LedgerRow): Series {
  if (accountId === null) return [];
  const counts = new Map<string, readonly [Labels, number]>();
  for (const resources of unreadableResources) {
    const labels = { account_id: accountId, resource_type: typeOf(resources), reason: reasonOf(resources) };
    const key = `${labels.resource_type} ${labels.reason}`;
    counts.set(key, [labels, (counts.get(key)?.[1] ?? 0) + resources.count]);
  }
  return [...counts.values()];
}

/** The names that other metrics have for kinds; a label has few values, so kinds of other releases share one. */
function typeOf({ kind }: UnreadableResources): string {
  return isSnapshotKind(kind) ? kind.replace(/^iam-/, '').replaceAll('-', '_') : 'other';
}

/** AWS has many error codes; a label has few values. */
function reasonOf({ reason, isByScp }: UnreadableResources): string {
  if (isByScp) return 'scp';
  if (/access ?denied|unauthori[sz]ed|forbidden/i.test(reason)) return 'access_denied';
  if (/throttl|slow ?down|too ?many|rate ?exceeded|limit ?exceeded/i.test(reason)) return 'throttled';
  if (/time(?:d ?)?out/i.test(reason)) return 'timeout';
  return /opt-?in|region/i.test(reason) ? 'region_disabled' : 'other';
}
