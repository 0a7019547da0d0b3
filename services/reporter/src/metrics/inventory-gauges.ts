import { type Estate } from '@denyscope/inventory';
import { type Gauge, type Labels, type Metrics } from '@denyscope/ops';
import { type LoadedScan } from '../scans.ts';
import { type CountedResource, countedResources } from './resources.ts';

/** The gauges that are read from the last complete scan. */
export interface InventoryGauges {
  readonly show: (scan: LoadedScan) => void;
}

type Series = readonly (readonly [labels: Labels, value: number])[];

export function inventoryGauges(registry: Metrics): InventoryGauges {
  const timestamps = registry.gauge({
    name: 'denyscope_snapshot_timestamp_seconds',
    help: 'When the facts of the account were read, as Unix time.',
    labels: ['account_id'],
  });
  const resources = registry.gauge({
    name: 'denyscope_inventory_resources',
    help: 'Resources of the last complete scan.',
    labels: ['account_id', 'resource_type'],
  });
  const unreadable = registry.gauge({
    name: 'denyscope_inventory_unreadable_resources',
    help: 'Resources of which a part could not be read, by reason.',
    labels: ['account_id', 'resource_type', 'reason'],
  });
  const coverage = registry.gauge({
    name: 'denyscope_coverage_ratio',
    help: 'The part of the resources and steps of the account that could be read in full, 0 to 1.',
    labels: ['account_id'],
  });
  return {
    show: ({ compiled: { estate } }) => {
      const counted = [...countedResources(estate)];
      replace(timestamps, timestampsOf(estate));
      replace(resources, tally(counted.map(resourceLabels)));
      replace(unreadable, tally(counted.flatMap(faultLabels)));
      replace(coverage, coverageRatios(estate, counted));
    },
  };
}

/** What has vanished from the last scan goes away. */
function replace(gauge: Gauge, series: Series): void {
  gauge.reset();
  for (const [labels, value] of series) gauge.set(labels, value);
}

function tally(all: readonly Labels[]): Series {
  const counts = new Map<string, readonly [Labels, number]>();
  for (const labels of all) {
    const key = JSON.stringify(labels);
    counts.set(key, [labels, (counts.get(key)?.[1] ?? 0) + 1]);
  }
  return [...counts.values()];
}

function timestampsOf(estate: Estate): Series {
  const takenAt = Date.parse(estate.takenAt) / 1000;
  return [...estate.accounts.keys()].map((account_id) => [{ account_id }, takenAt]);
}

function resourceLabels({ accountId, type }: CountedResource): Labels {
  return { account_id: accountId, resource_type: type };
}

/** A resource counts once for each reason. */
function faultLabels(resource: CountedResource): readonly Labels[] {
  const reasons = new Set(resource.unreadable.map(reasonLabel));
  return [...reasons].map((reason) => ({ ...resourceLabels(resource), reason }));
}

/** AWS has many error codes; a label has few values. */
export function reasonLabel(reason: string): string {
  if (reason === 'NotCollected') return 'not_collected';
  if (/access ?denied|unauthori[sz]ed|forbidden/i.test(reason)) return 'access_denied';
  if (/throttl|slow ?down|too ?many|rate ?exceeded|limit ?exceeded/i.test(reason)) return 'throttled';
  if (/time(?:d ?)?out/i.test(reason)) return 'timeout';
  return /opt-?in|region/i.test(reason) ? 'region_disabled' : 'other';
}

/**
 * For each account, what could be read of its resources and steps. A failed step counts like a resource that could not
 * be read; an account that could not be entered at all has 0.
 */
export function coverageRatios(estate: Estate, counted: readonly CountedResource[]): Series {
  return [...estate.accounts.keys()].map((account_id) => {
    const gaps = estate.gaps.filter((gap) => gap.accountId === account_id);
    if (gaps.some(({ step }) => step === 'sts:AssumeRole')) return [{ account_id }, 0];
    const own = counted.filter((resource) => resource.accountId === account_id);
    const readable = own.filter(({ unreadable }) => unreadable.length === 0).length;
    const all = own.length + gaps.length;
    return [{ account_id }, all === 0 ? 1 : readable / all];
  });
}
