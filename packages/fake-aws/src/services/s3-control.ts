import type { SnapshotLine } from '@denyscope/model';
import { decoded, type HttpRequest } from '../http.ts';
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
import { documentText, listOf, memberOf, membersOf, omit, pick, textOf, type Members } from '../value.ts';
import { controlPage, notFound, ownAccount } from './s3-control-call.ts';
import { MULTI_REGION_ASPECTS, MULTI_REGION_OPERATIONS } from './multi-region-access-points.ts';

/** S3 Control: access points of one Region and of several, and the Block Public Access of an account. */
export const s3ControlService: Service = {
  read,
  operations: {
    GetPublicAccessBlock: ownAccount(publicAccessBlock),
    ListAccessPoints: ownAccount(listAccessPoints),
    GetAccessPoint: ownAccount(onAccessPoint(accessPoint)),
    GetAccessPointPolicy: ownAccount(onAccessPoint(accessPointPolicy)),
    GetAccessPointPolicyStatus: ownAccount(onAccessPoint(accessPointPolicyStatus)),
    ListTagsForResource: ownAccount(accessPointTags),
    ...MULTI_REGION_OPERATIONS,
  },
};

/** Every path of this API begins so. */
export const S3_CONTROL_PATH = '/v20180820/';

function read(request: HttpRequest): Asked | { readonly error: AwsError } {
  const parts = request.path.slice(S3_CONTROL_PATH.length).split('/').map(decoded);
  const { operation, ...named } = readPath(parts);
  const common = { ...Object.fromEntries(request.query), AccountId: request.headers['x-amz-account-id'] };
  return { operation: request.method === 'GET' ? operation : 'Put', input: { ...common, ...named } };
}

interface ReadPath {
  readonly operation: string;
  readonly Name?: string;
  readonly ResourceArn?: string;
}

function readPath([type, name = '', aspect = '', ...rest]: readonly (string | undefined)[]): ReadPath {
  if (type === 'configuration' && name === 'publicAccessBlock') return { operation: 'GetPublicAccessBlock' };
  if (type === 'mrap' && name === 'instances') return readMultiRegionPath(aspect, rest[0]);
  if (type === 'tags') {
    const ResourceArn = [name, aspect, ...rest].filter(Boolean).join('/');
    return { operation: 'ListTagsForResource', ResourceArn };
  }
  return type === 'accesspoint' ? readPointPath(name, aspect) : { operation: 'Other' };
}

function readPointPath(name: string, aspect: string): ReadPath {
  if (name === '') return { operation: 'ListAccessPoints' };
  return { operation: ASPECTS.get(aspect) ?? 'Other', Name: name };
}

/** What is asked of an access point, by the last part of the path. */
const ASPECTS: ReadonlyMap<string, string> = new Map([
  ['', 'GetAccessPoint'],
  ['policy', 'GetAccessPointPolicy'],
  ['policyStatus', 'GetAccessPointPolicyStatus'],
]);

function readMultiRegionPath(name: string, aspect = ''): ReadPath {
  if (name === '') return { operation: 'ListMultiRegionAccessPoints' };
  return { operation: MULTI_REGION_ASPECTS.get(aspect) ?? 'Other', Name: name };
}

const BLOCK = 'PublicAccessBlockConfiguration';

function publicAccessBlock({ caller }: Call, { world }: Backdrop): Answer {
  const line = world.owned('account-public-access-block', caller.accountId)[0];
  const lost = line && unreadableError('s3-control', line, [BLOCK]);
  if (lost !== undefined) return refused(lost);
  if (line === undefined || memberOf(line.data, BLOCK) === undefined) {
    return notFound(
      'NoSuchPublicAccessBlockConfiguration',
      'The public access block configuration was not found',
    );
  }
  return done(membersOf(line.data, BLOCK), { root: BLOCK });
}

/** What a list tells of an access point; the rest is in GetAccessPoint. */
const LISTED = [
  'Name',
  'NetworkOrigin',
  'VpcConfiguration',
  'Bucket',
  'AccessPointArn',
  'Alias',
  'BucketAccountId',
];

function listAccessPoints({ caller, region, input }: Call, { world, pageSize }: Backdrop): Answer {
  const bucket = textOf(input, 'bucket');
  const points = world
    .owned('access-point', caller.accountId, region)
    .filter(({ data }) => bucket === undefined || textOf(data, 'Bucket') === bucket);
  const scope = ['ListAccessPoints', caller.accountId, region, bucket ?? ''].join(' ');
  const page = controlPage(points, { input, pageSize, scope });
  if ('code' in page) return refused(page);
  const AccessPointList = page.items.map(({ data }) => pick(data, LISTED));
  return done({ AccessPointList, ...page.next }, { root: 'ListAccessPointsResult' });
}

type OnAccessPoint = (line: SnapshotLine) => Answer;

function onAccessPoint(operation: OnAccessPoint): Operation {
  return ({ caller, region, input }, { world }) => {
    const name = textOf(input, 'Name');
    const line = world
      .owned('access-point', caller.accountId, region)
      .find(({ data }) => textOf(data, 'Name') === name);
    return line === undefined
      ? notFound('NoSuchAccessPoint', 'The specified accesspoint does not exist')
      : operation(line);
  };
}

/** What GetAccessPoint does not tell. */
const APART = ['Policy', 'PolicyStatus', 'Tags'];

function accessPoint(line: SnapshotLine): Answer {
  const members: Members = omit(line.data, APART);
  const lost = line.unreadable?.map(({ field }) => field).filter((field) => !APART.includes(field)) ?? [];
  const error = unreadableError('s3-control', line, lost);
  return error === undefined ? done(members, { root: 'GetAccessPointResult' }) : refused(error);
}

function accessPointPolicy(line: SnapshotLine): Answer {
  const lost = unreadableError('s3-control', line, ['Policy']);
  if (lost !== undefined) return refused(lost);
  const document = memberOf(line.data, 'Policy');
  if (document === undefined) return noPolicy();
  return done({ Policy: documentText(document) }, { root: 'GetAccessPointPolicyResult' });
}

function accessPointPolicyStatus(line: SnapshotLine): Answer {
  const lost = unreadableError('s3-control', line, ['PolicyStatus']);
  if (lost !== undefined) return refused(lost);
  const PolicyStatus = memberOf(line.data, 'PolicyStatus');
  if (PolicyStatus === undefined) return noPolicy();
  return done({ PolicyStatus }, { root: 'GetAccessPointPolicyStatusResult' });
}

function noPolicy(): Answer {
  return notFound('NoSuchAccessPointPolicy', 'The specified accesspoint does not have a policy');
}

/** Of everything that S3 Control can tag, the snapshot knows access points. */
function accessPointTags({ caller, region, input }: Call, { world }: Backdrop): Answer {
  const arn = textOf(input, 'ResourceArn');
  const line = world
    .owned('access-point', caller.accountId, region)
    .find(({ data }) => textOf(data, 'AccessPointArn') === arn);
  if (line === undefined) return notFound('NoSuchAccessPoint', 'The specified accesspoint does not exist');
  const lost = unreadableError('s3-control', line, ['Tags']);
  if (lost !== undefined) return refused(lost);
  return done({ Tags: listOf(line.data, 'Tags') ?? [] }, { root: 'ListTagsForResourceResult' });
}
