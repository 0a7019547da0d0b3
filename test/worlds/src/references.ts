import { snapshotLineId, type SnapshotLine } from '@denyscope/model';
import { attachedArns, textAt } from './managed/attach.ts';

/** What tells two lines apart (formats.md section 1). */
export function lineKey(line: SnapshotLine): string {
  return [line.kind, line.accountId ?? '', line.region ?? '', snapshotLineId(line)].join(' ');
}

/**
 * What the lines name and do not hold, as `kind id`: managed policies and groups of a principal, parents of the
 * tree, targets of organization policies, buckets and VPCs of access points and endpoints, route tables of endpoints,
 * keys of buckets, buckets of trails.
 */
export function danglingReferences(lines: readonly SnapshotLine[]): readonly string[] {
  const held = new Set(lines.map((line) => `${line.kind} ${heldId(line)}`));
  return lines.flatMap(referencesOf).filter((wanted) => !wanted.split('|').some((one) => held.has(one)));
}

/** Policies are looked up in their account; everything else by an id that is its own. */
function heldId(line: SnapshotLine): string {
  if (line.kind === 'iam-policy') return `${line.accountId ?? ''} ${snapshotLineId(line)}`;
  if (line.kind === 'iam-group') return `${line.accountId ?? ''} ${textAt(line.data, 'GroupName') ?? ''}`;
  return snapshotLineId(line);
}

const REFERENCES: Readonly<Record<string, (line: SnapshotLine) => readonly string[]>> = {
  'iam-user': (line) => [...policiesOf(line), ...groupsOf(line)],
  'iam-role': (line) => policiesOf(line),
  'iam-group': (line) => policiesOf(line),
  'organizational-unit': (line) => [parentOf(line)],
  account: (line) => [parentOf(line)],
  'organization-policy': (line) =>
    textsOf(line.data['TargetIds']).map((id) => `root ${id}|organizational-unit ${id}|account ${id}`),
  'access-point': (line) => [
    `bucket ${textAt(line.data, 'Bucket') ?? ''}`,
    ...vpcOf(line.data['VpcConfiguration']),
  ],
  'multi-region-access-point': (line) => routedBuckets(line).map((name) => `bucket ${name}`),
  'vpc-endpoint': (line) => [
    ...vpcOf(line.data),
    ...textsOf(line.data['RouteTableIds']).map((id) => `route-table ${id}`),
  ],
  'route-table': (line) => vpcOf(line.data),
  trail: (line) => [`bucket ${textAt(line.data, 'S3BucketName') ?? ''}`],
  bucket: (line) => keysOf(line.data['ServerSideEncryptionConfiguration']),
};

function referencesOf(line: SnapshotLine): readonly string[] {
  return REFERENCES[line.kind]?.(line) ?? [];
}

function policiesOf(line: SnapshotLine): readonly string[] {
  return attachedArns(line.data).map((arn) => `iam-policy ${line.accountId ?? ''} ${arn}`);
}

function groupsOf(line: SnapshotLine): readonly string[] {
  return textsOf(line.data['GroupList']).map((name) => `iam-group ${line.accountId ?? ''} ${name}`);
}

function parentOf(line: SnapshotLine): string {
  const id = textAt(line.data, 'ParentId') ?? '';
  return `root ${id}|organizational-unit ${id}`;
}

function vpcOf(holder: unknown): readonly string[] {
  const id = textAt(holder, 'VpcId');
  return id === undefined ? [] : [`vpc ${id}`];
}

function routedBuckets({ data: { Regions: regions } }: SnapshotLine): readonly string[] {
  return Array.isArray(regions) ? regions.flatMap((route) => textAt(route, 'Bucket') ?? []) : [];
}

/** Keys by ARN; a bare id or an alias resolves in the caller's account, so it is no reference of the bucket's. */
function keysOf(encryption: unknown): readonly string[] {
  const arn = /"KMSMasterKeyID":"(arn:aws:kms:[^"]+:key\/[^"]+)"/.exec(JSON.stringify(encryption) ?? '')?.[1];
  return arn === undefined ? [] : [`kms-key ${arn}`];
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
