import { canonicalJson } from '../canonical-json.ts';
import type { SnapshotKind } from './snapshot-kinds.ts';
import type { SnapshotLine } from './snapshot-line.ts';

type Path = readonly string[];

/** Where in `data` the id of each kind stands; the first that is there counts. */
const ID_PATHS: Readonly<Record<SnapshotKind, readonly Path[]>> = {
  organization: [['Id']],
  root: [['Id']],
  'organizational-unit': [['Id']],
  account: [['Id']],
  'organization-policy': [['Id']],
  'delegated-administrator': [['Id']],
  'iam-user': [['Arn']],
  'iam-role': [['Arn']],
  'iam-group': [['Arn']],
  'iam-policy': [['Arn']],
  'identity-provider': [['Arn']],
  'account-public-access-block': [],
  bucket: [['Name']],
  'access-point': [['AccessPointArn'], ['Name']],
  'multi-region-access-point': [['Alias'], ['Name']],
  'kms-key': [['KeyMetadata', 'Arn']],
  'vpc-endpoint': [['VpcEndpointId']],
  vpc: [['VpcId']],
  'route-table': [['RouteTableId']],
  trail: [['TrailARN']],
  coverage: [],
};

/** Ids that AWS's responses commonly carry, for kinds that this release does not know. */
const COMMON_PATHS: readonly Path[] = [['Arn'], ['ARN'], ['Id'], ['Name']];

/**
 * The id of a line within its kind, account and Region: two lines with the same four are the same resource. A kind
 * without an id of its own is one a account and Region, save `coverage` and unknown kinds without any common id,
 * which are told apart by their content.
 */
export function snapshotLineId(line: SnapshotLine): string {
  const paths: Readonly<Record<string, readonly Path[] | undefined>> = ID_PATHS;
  for (const path of paths[line.kind] ?? COMMON_PATHS) {
    const id = at(line.data, path);
    if (typeof id === 'string') return id;
  }
  return line.kind === 'account-public-access-block' ? '' : canonicalJson(line.data);
}

function at(data: unknown, path: Path): unknown {
  let value: unknown = data;
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Object.entries(value).find(([key]) => key === part)?.[1];
  }
  return value;
}

/** The order of the canonical form: kind, account, Region, id, each by code unit. */
export function compareSnapshotLines(a: SnapshotLine, b: SnapshotLine): number {
  return (
    compare(a.kind, b.kind) ||
    compare(a.accountId ?? '', b.accountId ?? '') ||
    compare(a.region ?? '', b.region ?? '') ||
    compare(snapshotLineId(a), snapshotLineId(b))
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
