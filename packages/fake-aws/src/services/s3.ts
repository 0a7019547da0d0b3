import type { SnapshotLine } from '@denyscope/model';
import { decoded, type HttpRequest } from '../http.ts';
import { pageOf } from '../page.ts';
import { refusalOf } from '../refusal.ts';
import {
  done,
  refused,
  type Answer,
  type Asked,
  type AwsError,
  type Backdrop,
  type Call,
  type Operation,
  type Service,
} from '../service.ts';
import { unreadableError } from '../unreadable.ts';
import { documentText, memberOf, numberOf, pick, textOf, type Members } from '../value.ts';
import { canonicalUserId } from '../world.ts';
import { BUCKET_READS, POLICY_READ, type BucketRead } from './bucket-reads.ts';

/** S3: the buckets of an account, each in its own Region. */
export const s3Service: Service = {
  read,
  operations: {
    ListBuckets: listBuckets,
    GetBucketLocation: onBucket(location, { anyRegion: true }),
    HeadBucket: onBucket((line) => done('', { headers: bucketHeaders(line) })),
    GetBucketPolicy: onBucket((line) => policy(line)),
    ...Object.fromEntries(BUCKET_READS.map((one) => [one.operation, onBucket((line) => readOf(line, one))])),
  },
};

/** The query parameter of a read → its operation. */
const OPERATIONS: ReadonlyMap<string, string> = new Map([
  ...BUCKET_READS.map(({ parameter, operation }) => [parameter, operation] as const),
  [POLICY_READ.parameter, POLICY_READ.operation],
  ['location', 'GetBucketLocation'],
]);

/** What S3 can be asked of a bucket besides; the scanner's role may do none of it. */
const OTHER_PARAMETERS = [
  'accelerate',
  'analytics',
  'cors',
  'intelligent-tiering',
  'inventory',
  'lifecycle',
  'metrics',
  'notification',
  'uploads',
  'versions',
];

function read(request: HttpRequest): Asked | { readonly error: AwsError } {
  const inHost = bucketOfHost(request.headers['host'] ?? '');
  const path = inHost === undefined ? request.path : `/${inHost}${request.path}`;
  const [bucket, ...key] = path.slice(1).split('/').map(decoded);
  if (bucket === undefined || key.includes(undefined)) {
    return { error: { status: 400, code: 'InvalidURI', message: "Couldn't parse the specified URI." } };
  }
  const input = { ...Object.fromEntries(request.query), ...ownHeaders(request), Bucket: bucket };
  return { operation: operationOf(request, bucket, key.join('/') !== ''), input };
}

function ownHeaders({ headers }: HttpRequest): Members {
  const owner = headers['x-amz-expected-bucket-owner'];
  return owner === undefined ? {} : { ExpectedBucketOwner: owner };
}

function operationOf({ method, query }: HttpRequest, bucket: string, hasKey: boolean): string {
  if (hasKey) return `${method === 'GET' ? 'Get' : 'Put'}Object`;
  if (bucket === '') return method === 'GET' ? 'ListBuckets' : 'CreateSession';
  if (method === 'HEAD') return 'HeadBucket';
  if (method !== 'GET') return 'PutBucket';
  for (const parameter of query.keys()) {
    const operation = OPERATIONS.get(parameter);
    if (operation !== undefined) return operation;
  }
  return OTHER_PARAMETERS.some((parameter) => query.has(parameter)) ? 'GetBucketOther' : 'ListObjectsV2';
}

/** The bucket that a virtual host names: `bucket.s3.eu-west-1.amazonaws.com`, or `bucket.localhost`. */
export function bucketOfHost(host: string): string | undefined {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  return /^([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\.(?:s3[.-](?:[a-z0-9.-]+\.)?amazonaws\.com|localhost)$/.exec(
    name,
  )?.[1];
}

/** The Region that a host of S3 names, where it names one. */
export function regionOfHost(host: string): string | undefined {
  return /(?:^|\.)s3[.-](?:dualstack\.)?([a-z]{2}(?:-[a-z]+)+-\d)\.amazonaws\.com(?::\d+)?$/.exec(host)?.[1];
}

const MOVED =
  'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.';

function regionOf(line: SnapshotLine): string {
  return textOf(line.data, 'BucketRegion') ?? line.region ?? 'us-east-1';
}

function bucketHeaders(line: SnapshotLine): Readonly<Record<string, string>> {
  return { 'x-amz-bucket-region': regionOf(line), 'x-amz-access-point-alias': 'false' };
}

type OnBucket = (line: SnapshotLine, call: Call) => Answer;

/** An operation on the bucket that the request names: it must exist, live in the Region that is asked, and be one's own. */
function onBucket(operation: OnBucket, where: { readonly anyRegion?: boolean } = {}): Operation {
  return (call, { world }) => {
    const name = textOf(call.input, 'Bucket') ?? '';
    const line = world.bucket(name);
    if (line === undefined) return refused(noSuchBucket(name));
    const region = regionOf(line);
    const isHome = region === call.region || (where.anyRegion === true && call.region === 'us-east-1');
    if (!isHome) return refused(moved(name, region));
    const foreign = ownershipError(line, call);
    return foreign === undefined ? operation(line, call) : refused(foreign);
  };
}

function noSuchBucket(name: string): AwsError {
  const message = 'The specified bucket does not exist';
  return { status: 404, code: 'NoSuchBucket', message, details: { BucketName: name } };
}

function moved(name: string, region: string): AwsError {
  return {
    status: 301,
    code: 'PermanentRedirect',
    message: MOVED,
    headers: { 'x-amz-bucket-region': region },
    details: { Endpoint: `${name}.s3.${region}.amazonaws.com`, Bucket: name },
  };
}

function ownershipError(line: SnapshotLine, { caller, operation, input }: Call): AwsError | undefined {
  const headers = { 'x-amz-bucket-region': regionOf(line) };
  const expected = textOf(input, 'ExpectedBucketOwner');
  if (expected !== undefined && expected !== line.accountId) return { ...refusalOf('s3', 'denied'), headers };
  if (line.accountId === caller.accountId) return undefined;
  // AWS: policies are for the owner's account alone, even where the policy would admit others (semantics.md H.1).
  if (operation.startsWith('GetBucketPolicy')) {
    const message = 'The specified method is not allowed against this resource.';
    return { status: 405, code: 'MethodNotAllowed', message, headers };
  }
  return { ...refusalOf('s3', 'denied'), headers };
}

function location(line: SnapshotLine): Answer {
  const lost = unreadableError('s3', line, ['BucketRegion']);
  if (lost !== undefined) return refused(lost);
  const region = regionOf(line);
  return done(region === 'us-east-1' ? '' : region, { root: 'LocationConstraint' });
}

function policy(line: SnapshotLine): Answer {
  const lost = unreadableError('s3', line, POLICY_READ.fields);
  if (lost !== undefined) return refused(lost);
  const document = memberOf(line.data, 'Policy');
  if (document === undefined) return refused(notConfigured(line, POLICY_READ.absent));
  return done({}, { text: documentText(document) });
}

function notConfigured(line: SnapshotLine, [code, message]: readonly [string, string]): AwsError {
  return { status: 404, code, message, details: { BucketName: nameOf(line) } };
}

function readOf(line: SnapshotLine, { fields, absent, root, content }: BucketRead): Answer {
  const lost = unreadableError('s3', line, fields);
  if (lost !== undefined) return refused(lost);
  const isThere = fields.some((field) => memberOf(line.data, field) !== undefined);
  if (isThere) return done(content(line), { root });
  return absent === 'empty' ? done({}, { root }) : refused(notConfigured(line, absent));
}

const PAGE_SIZE = 3;
const LIST_ROOT = { root: 'ListAllMyBucketsResult' } as const;

/** What a client asks of ListBuckets. */
interface Listing {
  readonly prefix: string;
  readonly bucketRegion: string | undefined;
  readonly token: string | undefined;
  readonly limit: number | undefined;
}

function listingOf(input: Members): Listing {
  return {
    prefix: textOf(input, 'prefix') ?? '',
    bucketRegion: textOf(input, 'bucket-region'),
    token: textOf(input, 'continuation-token'),
    limit: numberOf(input, 'max-buckets'),
  };
}

function listBuckets({ input, caller, region }: Call, { world, pageSize }: Backdrop): Answer {
  const listing = listingOf(input);
  // AWS: the filter goes to the endpoint of that Region (semantics.md H.3).
  if (listing.bucketRegion !== undefined && listing.bucketRegion !== region) {
    return invalid('bucket-region', listing.bucketRegion);
  }
  const id = canonicalUserId(world, caller.accountId);
  const owner = id === undefined ? {} : { Owner: { ID: id } };
  const buckets = world
    .owned('bucket', caller.accountId)
    .filter((line) => isListed(line, listing))
    .toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  // AWS: a client that gives none of the parameters gets all buckets, without their Regions (semantics.md H.3).
  const isPaged = Object.values(listing).some((value) => value !== undefined && value !== '');
  if (!isPaged) return done({ Buckets: buckets.map(unpagedEntry), ...owner }, LIST_ROOT);
  const page = pageOf(buckets, {
    ...listing,
    pageSize: pageSize ?? PAGE_SIZE,
    scope: ['ListBuckets', caller.accountId, listing.prefix, listing.bucketRegion ?? ''].join(' '),
  });
  if (page === undefined) return invalid('continuation-token', listing.token ?? '');
  const next = { ContinuationToken: page.next, Prefix: textOf(input, 'prefix') };
  return done({ Buckets: page.items.map(pagedEntry), ...owner, ...next }, LIST_ROOT);
}

function isListed(line: SnapshotLine, { prefix, bucketRegion }: Listing): boolean {
  return nameOf(line).startsWith(prefix) && (bucketRegion === undefined || regionOf(line) === bucketRegion);
}

function nameOf({ data }: SnapshotLine): string {
  return textOf(data, 'Name') ?? '';
}

function invalid(ArgumentName: string, ArgumentValue: string): Answer {
  const message = `The value of ${ArgumentName} is invalid`;
  return refused({ status: 400, code: 'InvalidArgument', message, details: { ArgumentName, ArgumentValue } });
}

function unpagedEntry({ data }: SnapshotLine): Members {
  return pick(data, ['Name', 'CreationDate']);
}

function pagedEntry(line: SnapshotLine): Members {
  return { ...unpagedEntry(line), BucketRegion: regionOf(line), BucketArn: `arn:aws:s3:::${nameOf(line)}` };
}
