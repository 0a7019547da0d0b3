import type { COVERAGE_STEPS, SnapshotLine } from '@denyscope/model';
import { roleArn } from '../build/arn.ts';
import { COLLECTED } from '../world.ts';
import type { Random } from './random.ts';
import type { Site } from './site.ts';

/** The fields of each kind that are policy documents, and may be unreadable or spelled in three ways. */
const DOCUMENTS: Readonly<Record<string, string>> = {
  bucket: 'Policy',
  'kms-key': 'Policy',
  'access-point': 'Policy',
  'vpc-endpoint': 'PolicyDocument',
  'iam-role': 'AssumeRolePolicyDocument',
};

/** Kinds whose fields are read one by one, so that one of them can fail. */
const READ_BY_FIELD: ReadonlySet<string> = new Set(['bucket', 'kms-key', 'access-point']);
const NEVER_LOST: ReadonlySet<string> = new Set([
  'Name',
  'Bucket',
  'BucketRegion',
  'KeyMetadata',
  'CreationDate',
]);

/** A line as it was made, or, as often as the options ask for, with something odd about it. */
export function sometimesOdd(line: SnapshotLine, { plan, random }: Site): SnapshotLine {
  if (!random.chance(plan.options.oddity)) return line;
  const change = random.pick([withObjectDocument, withUnknownField, withUnreadableField]);
  return change(line, random);
}

function withObjectDocument(line: SnapshotLine): SnapshotLine {
  const field = DOCUMENTS[line.kind];
  const text = field === undefined ? undefined : line.data[field];
  if (field === undefined || typeof text !== 'string') return line;
  const parsed: unknown = JSON.parse(text.startsWith('%') ? decodeURIComponent(text) : text);
  return { ...line, data: { ...line.data, [field]: parsed } };
}

function withUnknownField(line: SnapshotLine): SnapshotLine {
  return { ...line, data: { ...line.data, FieldOfTomorrow: { Since: '2027' } } };
}

function withUnreadableField(line: SnapshotLine, random: Random): SnapshotLine {
  const fields = (COLLECTED[line.kind] ?? []).filter((name) => !NEVER_LOST.has(name));
  const field = READ_BY_FIELD.has(line.kind) ? random.maybe(fields) : undefined;
  if (field === undefined) return line;
  const kept = Object.fromEntries(Object.entries(line.data).filter(([name]) => name !== field));
  const reason = random.pick(['AccessDenied', 'AccessDenied', 'ThrottlingException']);
  return { ...line, data: kept, unreadable: [{ field, reason, message: `${field} could not be read` }] };
}

/** The coverage line of an account that could not be entered. */
export function unscannedLine(accountId: string): SnapshotLine {
  const message = `not authorized to perform: sts:AssumeRole on resource: ${roleArn(accountId, 'denyscope-reader')}`;
  return coverage(accountId, { step: 'sts:AssumeRole', reason: 'AccessDenied', message });
}

function coverage(accountId: string, data: SnapshotLine['data'], region?: string): SnapshotLine {
  return { kind: 'coverage', accountId, ...(region !== undefined && { region }), data };
}

/** Steps that can fail while the rest of the account is read, each with the kinds of line that are then missing. */
const STEPS: readonly (readonly [
  step: keyof typeof COVERAGE_STEPS,
  kinds: readonly string[],
  regional: boolean,
])[] = [
  ['kms:ListKeys', ['kms-key'], true],
  ['ec2:DescribeVpcEndpoints', ['vpc-endpoint'], true],
  ['s3:GetAccountPublicAccessBlock', ['account-public-access-block'], false],
  ['iam:GetAccountAuthorizationDetails', ['iam-user', 'iam-role', 'iam-group', 'iam-policy'], false],
  ['s3:ListAccessPoints', ['access-point'], true],
  ['s3:ListMultiRegionAccessPoints', ['multi-region-access-point'], false],
  ['ec2:DescribeRouteTables', ['route-table'], true],
  ['cloudtrail:DescribeTrails', ['trail'], true],
];

/** A step of the account that failed. */
export interface FailedStep {
  readonly line: SnapshotLine;
  /** Whether a line could not be there, given the failure. */
  readonly hides: (line: SnapshotLine) => boolean;
}

/** Now and then, one step of an account that failed. */
export function failedStep({ plan, account, random }: Site): FailedStep | undefined {
  const failed = random.chance(plan.options.oddity) ? random.maybe(STEPS) : undefined;
  if (failed === undefined) return undefined;
  const [step, kinds, regional] = failed;
  const region = regional ? random.pick(plan.options.regions) : undefined;
  return {
    line: coverage(
      account.id,
      { step, reason: 'AccessDenied', message: `not authorized to perform: ${step}` },
      region,
    ),
    hides: (line) => kinds.includes(line.kind) && (region === undefined || line.region === region),
  };
}

/** A line of a kind that this release does not know. */
export function unknownKindLine({ account }: Site): SnapshotLine {
  const arn = `arn:aws:s3tables:eu-west-1:${account.id}:bucket/tables`;
  return {
    kind: 'table-bucket',
    accountId: account.id,
    region: 'eu-west-1',
    data: { Arn: arn, Name: 'tables' },
  };
}
