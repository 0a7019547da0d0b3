import { enabledRegions, type World } from './world.ts';

/** AWS: the Regions that every account has from its start; all others must be opted into (semantics.md H.4). */
export const DEFAULT_REGIONS: ReadonlySet<string> = new Set([
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
]);

/** Does the account answer in this Region: one that all have, one that it enabled, one where it has something? */
export function answersIn(world: World, accountId: string, region: string): boolean {
  return (
    DEFAULT_REGIONS.has(region) ||
    enabledRegions(world, accountId).includes(region) ||
    world.regions(accountId).includes(region)
  );
}
