import type { SnapshotHeader, SnapshotLine } from '@denyscope/model';
import { buildAccessPoints, buildMultiRegionAccessPoints } from './build/access-points.ts';
import { buildAccounts } from './build/accounts.ts';
import { buildBuckets } from './build/buckets.ts';
import { buildEndpoints } from './build/endpoints.ts';
import { sortGaps } from './build/gaps.ts';
import { buildKeys } from './build/keys.ts';
import { buildOrganization, s3PoliciesOf } from './build/organization.ts';
import { accountsWithoutPrincipals, buildPrincipals } from './build/principals.ts';
import { accountPublicAccessBlocks } from './build/public-access-block.ts';
import { startReading } from './build/reading.ts';
import { organizationBlocks } from './build/s3-policies.ts';
import { buildNodes } from './build/tree.ts';
import type { Estate } from './estate.ts';

/**
 * Joins the lines of a snapshot into an Estate. Lines must have passed model's `checkSnapshotLine`, as those of
 * `readSnapshot` and `parseSnapshot` have; their order does not matter. What was not read stays marked as unreadable.
 */
export function buildEstate(header: SnapshotHeader, lines: Iterable<SnapshotLine>): Estate {
  const reading = startReading(header, lines);
  const nodes = buildNodes(reading);
  const { accounts, canonicalUsers, gaps } = buildAccounts(reading, nodes);
  const organization = buildOrganization(reading);
  return {
    takenAt: header.takenAt,
    source: header.source,
    collectedKinds: new Set(reading.collected.keys()),
    organization,
    nodes,
    accounts,
    principals: buildPrincipals(reading),
    accountsWithoutPrincipals: accountsWithoutPrincipals(reading, accounts.keys()),
    buckets: buildBuckets(reading),
    accessPoints: buildAccessPoints(reading),
    multiRegionAccessPoints: buildMultiRegionAccessPoints(reading),
    keys: buildKeys(reading),
    endpoints: buildEndpoints(reading),
    accountPublicAccessBlocks: accountPublicAccessBlocks(reading, accounts.keys()),
    organizationPublicAccessBlocks: organizationBlocks(organization, s3PoliciesOf(reading), accounts),
    canonicalUsers,
    gaps: sortGaps([...reading.gaps, ...gaps]),
  };
}
