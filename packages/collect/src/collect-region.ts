import { collectAccessPoints } from './collect-access-points.ts';
import { collectKeys } from './collect-keys.ts';
import { collectNetwork } from './collect-network.ts';
import { collectTrails } from './collect-trails.ts';
import type { Job } from './job.ts';

/** What an account has in one Region besides its buckets: access points, keys, its network and trails. */
export async function collectRegion(job: Job, region: string): Promise<void> {
  await Promise.all([
    collectAccessPoints(job, region),
    collectKeys(job, region),
    collectNetwork(job, region),
    collectTrails(job, region),
  ]);
}
