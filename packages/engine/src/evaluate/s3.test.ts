import { absent, seen, unreadable } from '@denyscope/model';
import type { AclGrantFacts, BucketFacts, S3Question } from '../index.ts';
import {
  account,
  allow,
  answerOf,
  ANYWHERE,
  blockOf,
  BUCKET,
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
  USER,
  type StatementText,
} from '../question.fixture.ts';

const ABLE = caller(ROLE, { identity: identity(allow()) });
const FAR = caller(FAR_ROLE, { identity: identity(allow()) });
const ANONYMOUS = caller('anonymous');
const TO_ALL = bucketPolicy(allow({ Principal: '*' }));
const CANONICAL = 'c'.repeat(64);

describe('ACLs (semantics.md C.5)', () => {
  const ALL_USERS = 'http://acs.amazonaws.com/groups/global/AllUsers';
  const SIGNED = 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers';
  const withAcl = (grants: readonly AclGrantFacts[], over: Partial<BucketFacts> = {}): BucketFacts =>
    bucket({ ownership: seen('ObjectWriter'), acl: seen(grants), ...over });
  const grant = (grantee: string, permission: string): AclGrantFacts => ({ grantee, permission });
  const friend = caller(FAR_ROLE, {
    identity: identity(allow()),
    account: { ...account(OTHER), canonicalUserId: CANONICAL },
  });
  const list = { action: 's3:ListBucket', objects: { kind: 'bucket' } } as const;

  // prettier-ignore
  test.each<readonly [string, Partial<S3Question>, string]>([
    ['READ for everyone lists the bucket', { ...list, caller: ANONYMOUS, bucket: withAcl([grant(ALL_USERS, 'READ')]) }, 'allowed'],
    ['READ on the bucket reads no object', { caller: ANONYMOUS, bucket: withAcl([grant(ALL_USERS, 'READ')]) }, 'denied: bucket-policy'],
    ['FULL_CONTROL holds all', { ...list, action: 's3:PutBucketAcl', caller: ANONYMOUS, bucket: withAcl([grant(ALL_USERS, 'FULL_CONTROL')]) }, 'allowed'],
    ['WRITE puts objects', { action: 's3:PutObject', caller: ANONYMOUS, bucket: withAcl([grant(ALL_USERS, 'WRITE')]) }, 'allowed'],
    ['an unknown permission grants nothing', { ...list, caller: ANONYMOUS, bucket: withAcl([grant(ALL_USERS, 'constructor')]) }, 'denied: bucket-policy'],
    ['signed callers are not anonymous', { ...list, caller: ANONYMOUS, bucket: withAcl([grant(SIGNED, 'READ')]) }, 'denied: bucket-policy'],
    ['signed callers of any account', { ...list, caller: FAR, bucket: withAcl([grant(SIGNED, 'READ')]) }, 'allowed'],
    ['a grant to the caller\'s account', { ...list, caller: friend, bucket: withAcl([grant(CANONICAL, 'READ')]) }, 'allowed'],
    ['… needs the caller\'s own Allow', { ...list, caller: { ...friend, identity: [] }, bucket: withAcl([grant(CANONICAL, 'READ')]) }, 'denied: identity'],
    ['a grant to another account', { ...list, caller: FAR, bucket: withAcl([{ ...grant(CANONICAL, 'READ'), accountId: '777788889999' }]) }, 'denied: bucket-policy'],
    ['IgnorePublicAcls takes public grants away', { ...list, caller: ANONYMOUS, bucket: withAcl([grant(ALL_USERS, 'READ')], { block: blockOf({ ignorePublicAcls: seen(true) }) }) }, 'denied: block-public-access'],
    ['… and no other', { ...list, caller: friend, bucket: withAcl([grant(CANONICAL, 'READ')], { block: blockOf({ ignorePublicAcls: seen(true) }) }) }, 'allowed'],
    ['BucketOwnerEnforced disables the ACL', { ...list, caller: ANONYMOUS, bucket: withAcl([grant(ALL_USERS, 'READ')], { ownership: seen('BucketOwnerEnforced') }) }, 'denied: bucket-policy'],
    ['without ownership controls the ACL counts', { ...list, caller: ANONYMOUS, bucket: withAcl([grant(ALL_USERS, 'READ')], { ownership: absent() }) }, 'allowed'],
    ['an ACL that nobody could read may grant', { ...list, caller: ANONYMOUS, bucket: withAcl([], { acl: unreadable('AccessDenied') }) }, 'unknown'],
    ['ownership that nobody could read may leave it on', { ...list, caller: ANONYMOUS, bucket: withAcl([grant(ALL_USERS, 'READ')], { ownership: unreadable('AccessDenied') }) }, 'unknown'],
    ['… which matters to nobody whom the policy lets in', { ...list, caller: ABLE, bucket: withAcl([], { acl: unreadable('AccessDenied') }) }, 'allowed'],
  ])('%s', (_, over, expected) => {
    expect(answerOf(over)).toBe(expected);
  });
});

describe('requester pays (semantics.md C.9)', () => {
  const paying = bucket({ payer: seen('Requester'), policy: TO_ALL });
  const header = 'x-amz-request-payer';

  // prettier-ignore
  test.each<readonly [string, Partial<S3Question>, string]>([
    ['outsiders say that they pay', { caller: FAR, bucket: paying }, `with the header ${header}: requester`],
    ['… which this request does', { caller: FAR, bucket: paying, context: { [header]: ['requester'] } }, 'allowed'],
    ['… which this request does not', { caller: FAR, bucket: paying, context: { [header]: null } }, 'denied: requester-pays'],
    ['anonymous callers cannot', { caller: ANONYMOUS, bucket: paying }, 'denied: requester-pays'],
    ['the owner\'s account need not', { caller: ABLE, bucket: paying }, 'allowed'],
    ['nobody need where the owner pays', { caller: FAR, bucket: bucket({ policy: TO_ALL }) }, 'allowed'],
    ['where nobody could read who pays, it is unknown', { caller: FAR, bucket: bucket({ policy: TO_ALL, payer: unreadable('AccessDenied') }) }, 'unknown'],
  ])('%s', (_, over, expected) => {
    expect(answerOf(over)).toBe(expected);
  });
});

describe('where a request comes from (semantics.md C.12, E)', () => {
  const only = (condition: unknown): Partial<S3Question> => ({
    caller: caller(ROLE, { identity: identity(allow({ Condition: condition })) }),
  });
  const through = (...statements: readonly StatementText[]): S3Question['via'] => ({
    ...ANYWHERE,
    endpoint: {
      id: 'vpce-1',
      vpcId: 'vpc-1',
      account: account(OWNER),
      policies: [document('e', 'endpoint', ...statements)],
    },
  });
  const internet = { ...ANYWHERE, internet: true };
  const office = { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } };

  // prettier-ignore
  test.each<readonly [string, Partial<S3Question>, string]>([
    ['open: an address', only(office), 'from 203.0.113.0/24'],
    ['from that address', { ...only(office), via: { ...ANYWHERE, sourceIp: '203.0.113.9' } }, 'allowed'],
    ['from another address', { ...only(office), via: { ...ANYWHERE, sourceIp: '198.51.100.1' } }, 'denied: identity'],
    ['an endpoint takes the address away', { ...only(office), via: through(allow({ Principal: '*' })) }, 'denied: identity'],
    ['open: an endpoint', only({ StringEquals: { 'aws:SourceVpce': 'vpce-1' } }), 'through vpce-1'],
    ['through that endpoint', { ...only({ StringEquals: { 'aws:SourceVpce': 'vpce-1' } }), via: through(allow({ Principal: '*' })) }, 'allowed'],
    ['from the internet', { ...only({ StringEquals: { 'aws:SourceVpce': 'vpce-1' } }), via: internet }, 'denied: identity'],
    ['an endpoint policy that names the role only', { caller: ABLE, via: through(allow({ Principal: { AWS: ROLE } })) }, 'allowed'],
    ['an endpoint policy that names another', { caller: ABLE, via: through(allow({ Principal: { AWS: USER } })) }, 'denied: vpc-endpoint'],
    ['over TLS', only({ Bool: { 'aws:SecureTransport': 'true' } }), 'over TLS'],
    ['one prefix', only({ StringLike: { 's3:prefix': 'a/*' } }), 'denied: identity'],
    ['one prefix, for a listing', { ...only({ StringLike: { 's3:prefix': 'a/*' } }), action: 's3:ListBucket', objects: { kind: 'bucket' } }, 'listing below a/'],
    ['open: a service in between', only({ Bool: { 'aws:ViaAWSService': 'true' } }), 'through an AWS service'],
    ['through a service', { ...only({ Bool: { 'aws:ViaAWSService': 'true' } }), via: { ...ANYWHERE, service: 'athena.amazonaws.com' } }, 'allowed'],
    ['through that service', { ...only({ 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'athena.amazonaws.com' } }), via: { ...ANYWHERE, service: 'athena.amazonaws.com' } }, 'allowed'],
    ['through another service', { ...only({ StringEquals: { 'aws:CalledViaLast': 'glue.amazonaws.com' } }), via: { ...ANYWHERE, service: 'athena.amazonaws.com' } }, 'denied: identity'],
    ['an endpoint and an address at once', only({ StringEquals: { 'aws:SourceVpce': 'vpce-1' }, ...office }), 'denied: identity'],
  ])('%s', (_, over, expected) => {
    expect(answerOf(over)).toBe(expected);
  });

  test('the objects asked about narrow the question', () => {
    const raw = { caller: caller(ROLE, { identity: identity(allow({ Resource: `${BUCKET}/raw/*` })) }) };
    expect(answerOf(raw)).toBe('objects under raw/ only');
    expect(answerOf({ ...raw, objects: { kind: 'like', pattern: 'raw/2026/*' } })).toBe('allowed');
    expect(answerOf({ ...raw, objects: { kind: 'like', pattern: 'log*' } })).toBe('denied: identity');
    expect(answerOf({ ...raw, objects: { kind: 'key', key: 'raw/x' } })).toBe('allowed');
    expect(decision(raw).keys).toEqual(['raw/*']);
  });
});
