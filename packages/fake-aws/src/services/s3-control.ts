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
import { documentText, memberOf, membersOf, numberOf, omit, pick, textOf, type Members } from '../value.ts';

/** S3 Control: access points, and the Block Public Access of an account. */
export const s3ControlService: Service = {
  read,
  operations: {
    GetPublicAccessBlock: ownAccount(publicAccessBlock),
    ListAccessPoints: ownAccount(listAccessPoints),
    GetAccessPoint: ownAccount(onAccessPoint(accessPoint)),
    GetAccessPointPolicy: ownAccount(onAccessPoint(accessPointPolicy)),
  },
};

/** Every path of this API begins so. */
export const S3_CONTROL_PATH = '/v20180820/';

function read(request: HttpRequest): Asked | { readonly error: AwsError } {
  const parts = request.path.slice(S3_CONTROL_PATH.length).split('/').map(decoded);
  const [type, name, aspect] = parts;
  const input = {
    ...Object.fromEntries(request.query),
    AccountId: request.headers['x-amz-account-id'],
    ...(type === 'accesspoint' && name !== undefined && name !== '' && { Name: name }),
  };
  return { operation: request.method === 'GET' ? operationOf(type, name, aspect) : 'Put', input };
}

function operationOf(type: string | undefined, name = '', aspect = ''): string {
  if (type === 'configuration' && name === 'publicAccessBlock') return 'GetPublicAccessBlock';
  if (type !== 'accesspoint') return 'Other';
  if (name === '') return 'ListAccessPoints';
  if (aspect === '') return 'GetAccessPoint';
  return aspect === 'policy' ? 'GetAccessPointPolicy' : 'Other';
}

/** AWS: the account in the header must be the caller's own. */
function ownAccount(operation: Operation): Operation {
  return (call, backdrop) =>
    textOf(call.input, 'AccountId') === call.caller.accountId
      ? operation(call, backdrop)
      : refused(refusalOf('s3-control', 'denied'));
}

function notFound(code: string, message: string): Answer {
  return refused({ status: 404, code, message });
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

const PAGE_SIZE = 3;

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
  const page = pageOf(points, {
    token: textOf(input, 'nextToken'),
    limit: numberOf(input, 'maxResults'),
    pageSize: pageSize ?? PAGE_SIZE,
    scope: ['ListAccessPoints', caller.accountId, region, bucket ?? ''].join(' '),
  });
  if (page === undefined) {
    return refused({ status: 400, code: 'InvalidNextToken', message: 'The next token is invalid' });
  }
  const next = page.next === undefined ? {} : { NextToken: page.next };
  const entries = page.items.map(({ data }) => pick(data, LISTED));
  return done({ AccessPointList: entries, ...next }, { root: 'ListAccessPointsResult' });
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

function accessPoint(line: SnapshotLine): Answer {
  const members: Members = omit(line.data, ['Policy']);
  const lost = line.unreadable?.map(({ field }) => field).filter((field) => field !== 'Policy') ?? [];
  const error = unreadableError('s3-control', line, lost);
  return error === undefined ? done(members, { root: 'GetAccessPointResult' }) : refused(error);
}

function accessPointPolicy(line: SnapshotLine): Answer {
  const lost = unreadableError('s3-control', line, ['Policy']);
  if (lost !== undefined) return refused(lost);
  const document = memberOf(line.data, 'Policy');
  if (document === undefined) {
    return notFound('NoSuchAccessPointPolicy', 'The specified accesspoint does not have a policy');
  }
  return done({ Policy: documentText(document) }, { root: 'GetAccessPointPolicyResult' });
}
