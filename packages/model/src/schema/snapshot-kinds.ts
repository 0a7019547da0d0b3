import type { z } from 'zod';
import * as network from './network-data.ts';
import * as data from './snapshot-data.ts';
import { trail } from './trail-data.ts';

/** The kinds of line that this release knows, each with the AWS response shape of its `data`. */
export const SNAPSHOT_KINDS = {
  organization: data.organization,
  root: data.root,
  'organizational-unit': data.organizationalUnit,
  account: data.account,
  'organization-policy': data.organizationPolicy,
  'delegated-administrator': data.delegatedAdministrator,
  'iam-user': data.iamUser,
  'iam-role': data.iamRole,
  'iam-group': data.iamGroup,
  'iam-policy': data.iamPolicy,
  'identity-provider': data.identityProvider,
  'account-public-access-block': data.accountPublicAccessBlock,
  bucket: data.bucket,
  'access-point': data.accessPoint,
  'multi-region-access-point': data.multiRegionAccessPoint,
  'kms-key': data.kmsKey,
  'vpc-endpoint': network.vpcEndpoint,
  vpc: network.vpc,
  'route-table': network.routeTable,
  trail,
  coverage: data.coverage,
} as const;

export type SnapshotKind = keyof typeof SNAPSHOT_KINDS;

/** The `data` of a line of a known kind. */
export type SnapshotData<K extends SnapshotKind> = z.infer<(typeof SNAPSHOT_KINDS)[K]>;

export function isSnapshotKind(kind: string): kind is SnapshotKind {
  return Object.hasOwn(SNAPSHOT_KINDS, kind);
}
