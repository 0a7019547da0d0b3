import { type Estate } from '@denyscope/inventory';
import { type Labels, type Metrics } from '@denyscope/ops';
import { type LoadedScan } from '../scans.ts';
import { type CountedResource, countedResources } from './resources.ts';
import { type Series, replace, tally } from './series.ts';

/** The gauges that are read from the last complete scan. */
export interface InventoryGauges {
  readonly show: (scan: LoadedScan) => void;
}

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
  return {
    show: ({ compiled: { estate } }) => {
      const counted = [...countedResources(estate)];
      replace(timestamps, timestampsOf(estate));
      replace(resources, tally(counted.map(resourceLabels)));
    },
  };
}

function timestampsOf(estate: Estate): Series {
  const takenAt = Date.parse(estate.takenAt) / 1000;
  return [...estate.accounts.keys()].map((account_id) => [{ account_id }, takenAt]);
}

function resourceLabels({ accountId, type }: CountedResource): Labels {
  return { account_id: accountId, resource_type: type };
}
