import { seen, unreadable } from '@denyscope/model';
import type { BucketFacts, S3Question } from '../../index.ts';
import {
  account,
  allow,
  ANYWHERE,
  blockersOf,
  bucket,
  bucketPolicy,
  caller,
  decision,
  document,
  FAR_ROLE,
  identity,
  OTHER,
  OWNER,
  ROLE,
  ROOT,
} from '../../question.fixture.ts';

const ABLE = caller(ROLE, { identity: identity(allow()) });
const FAR = caller(FAR_ROLE, { identity: identity(allow()) });

function answerOf(over: Partial<S3Question>): string {
  const answer = decision({ caller: ABLE, ...over });
  if (answer.verdict === 'denied') return `denied: ${blockersOf(answer).join(' ')}`;
  return answer.verdict === 'conditional' ? answer.conditionText : answer.verdict;
}

describe('SSE-C blocking (semantics.md D.1, C.6)', () => {
  const blocked = bucket({ sseCBlocked: seen(true) });
  const key = 's3:x-amz-server-side-encryption-customer-algorithm';
  const put = { action: 's3:PutObject', bucket: blocked } as const;
  const own = { ...put, context: { [key]: ['AES256'] } };
  const requires = caller(ROLE, {
    identity: identity(allow({ Condition: { StringEquals: { [key]: 'AES256' } } })),
  });

  // prettier-ignore
  test.each<readonly [string, Partial<S3Question>, string]>([
    ['an upload with a key of the caller\'s is refused', own, 'denied: sse-c-block'],
    ['… where the bucket blocks them', { ...own, bucket: bucket() }, 'allowed'],
    ['an upload without one passes', { ...put, context: { [key]: null } }, 'allowed'],
    ['an upload of which nobody says passes', put, 'allowed'],
    ['a policy that wants such a key contradicts the block', { ...put, caller: requires }, 'denied: identity sse-c-block'],
    ['reading is not refused', { bucket: blocked }, 'allowed'],
    ['a setting that nobody could read matters to such an upload', { ...own, bucket: bucket({ sseCBlocked: unreadable('AccessDenied') }) }, 'unknown'],
    ['… and to no other', { ...put, bucket: bucket({ sseCBlocked: unreadable('AccessDenied') }) }, 'allowed'],
  ])('%s', (_, over, expected) => {
    expect(answerOf(over)).toBe(expected);
  });

  test('the plain form is an assumption', () => {
    const assumed = 'the upload brings no key of its own (SSE-C)';
    expect(decision({ caller: ABLE, ...put }).assumptions).toContain(assumed);
    expect(decision({ caller: ABLE, ...put, bucket: bucket() }).assumptions).not.toContain(assumed);
  });
});

describe('attribute-based access control of a bucket (semantics.md C.11)', () => {
  const tagging = { action: 's3:PutBucketTagging', objects: { kind: 'bucket' } } as const;
  const on = bucket({ abacEnabled: seen(true) });

  // prettier-ignore
  test.each<readonly [string, Partial<S3Question>, string]>([
    ['once it is on, PutBucketTagging stops working', { ...tagging, bucket: on }, 'denied: bucket-abac'],
    ['… and works while it is off', tagging, 'allowed'],
    ['TagResource works', { ...tagging, action: 's3:TagResource', bucket: on }, 'allowed'],
    ['a setting that nobody could read matters', { ...tagging, bucket: bucket({ abacEnabled: unreadable('AccessDenied') }) }, 'unknown'],
  ])('%s', (_, over, expected) => {
    expect(answerOf(over)).toBe(expected);
  });
});

describe('the attributes of an object (semantics.md C.1, I.2)', () => {
  const one = (...actions: readonly string[]) =>
    caller(ROLE, { identity: identity(allow({ Action: actions })) });

  // prettier-ignore
  test.each<readonly [string, Partial<S3Question>, string]>([
    ['need the object to be read as well', { action: 's3:GetObjectAttributes', caller: one('s3:GetObjectAttributes') }, 'denied: identity'],
    ['… which is not enough', { action: 's3:GetObjectAttributes', caller: one('s3:GetObject') }, 'denied: identity'],
    ['both will do', { action: 's3:GetObjectAttributes', caller: one('s3:GetObject', 's3:GetObjectAttributes') }, 'allowed'],
    ['of a version, its own', { action: 's3:GetObjectVersionAttributes', caller: one('s3:GetObject', 's3:GetObjectVersionAttributes') }, 'denied: identity'],
    ['… two', { action: 's3:GetObjectVersionAttributes', caller: one('s3:GetObjectVersion', 's3:GetObjectVersionAttributes') }, 'allowed'],
  ])('%s', (_, over, expected) => {
    expect(answerOf(over)).toBe(expected);
  });
});

describe('the policy of a gateway endpoint (semantics.md E)', () => {
  const through = (Principal: unknown, accountMeansRoot: boolean): Partial<S3Question> => {
    const policy = document('vpce-1#policy', 'endpoint', allow({ Action: '*', Resource: '*', Principal }));
    const policies = [{ ...policy, accountMeansRoot }];
    return {
      via: { ...ANYWHERE, endpoint: { id: 'vpce-1', vpcId: 'vpc-1', account: account(OWNER), policies } },
    };
  };

  // prettier-ignore
  test.each<readonly [string, Partial<S3Question>, string]>([
    ['means the root user alone by an account', through({ AWS: OWNER }, true), 'denied: vpc-endpoint'],
    ['… whom it lets through', { ...through({ AWS: OWNER }, true), caller: caller(ROOT) }, 'allowed'],
    ['everyone is everyone', through('*', true), 'allowed'],
    ['that of an interface endpoint means the account', through({ AWS: OWNER }, false), 'allowed'],
  ])('%s', (_, over, expected) => {
    expect(answerOf(over)).toBe(expected);
  });
});

describe('accounts that cannot be used (semantics.md H.6, finding 104)', () => {
  const shared = (state?: string): BucketFacts =>
    bucket({
      account: { ...account(OWNER), state },
      policy: bucketPolicy(allow({ Principal: { AWS: OTHER } })),
    });
  const from = (state: string): Partial<S3Question> => ({
    caller: { ...FAR, account: { ...account(OTHER), state } },
    bucket: shared(),
  });

  // prettier-ignore
  test.each<readonly [string, Partial<S3Question>, string]>([
    ['an active one', from('ACTIVE'), 'allowed'],
    ['a suspended one as the caller\'s', from('SUSPENDED'), 'denied: account-state'],
    ['one that is being closed', from('PENDING_CLOSURE'), 'denied: account-state'],
    ['a closed one', from('CLOSED'), 'denied: account-state'],
    ['a suspended one as the bucket\'s', { caller: FAR, bucket: shared('SUSPENDED') }, 'denied: account-state'],
    ['… for anonymous callers too', { caller: caller('anonymous'), bucket: bucket({ account: { ...account(OWNER), state: 'SUSPENDED' }, policy: bucketPolicy(allow({ Principal: '*' })) }) }, 'denied: account-state'],
    ['one of which nobody says its state', { caller: FAR, bucket: shared() }, 'allowed'],
  ])('%s', (_, over, expected) => {
    expect(answerOf(over)).toBe(expected);
  });
});
