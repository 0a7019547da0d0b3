import type { CompiledPolicy } from '../compile/policy.ts';
import { absent, LAYERS, seen, type Decision } from '@denyscope/model';
import { decideKey, decideRole } from '../index.ts';
import {
  account,
  accessPoint,
  allow,
  ANYWHERE,
  blockOf,
  bucket,
  bucketPolicy,
  caller,
  decision,
  deny,
  document,
  FAR_ROLE,
  identity,
  KEY,
  keyPolicy,
  kmsKey,
  node,
  OWNER,
  question,
  ROLE,
  SESSION,
} from '../question.fixture.ts';
import type { S3Question } from '../evaluate/question.ts';
import { missingSummary } from './missing.ts';
import { sceneOf } from './scene.ts';

const ABLE = caller(ROLE, { identity: identity(allow()) });
const underKey = (
  key: Parameters<typeof kmsKey>[0],
  over: Partial<S3Question> = {},
): Partial<S3Question> => ({
  caller: ABLE,
  bucket: bucket({ encryption: seen({ kind: 'kms', key: kmsKey(key), bucketKey: false }) }),
  ...over,
});
const refusing = (
  condition?: Record<string, unknown>,
  over: Record<string, unknown> = {},
): Partial<S3Question> => ({
  caller: ABLE,
  bucket: bucket({
    policy: bucketPolicy(
      deny({
        Sid: 'No',
        Principal: '*',
        ...(condition === undefined ? {} : { Condition: condition }),
        ...over,
      }),
    ),
  }),
});

function summaries({ blockers }: Decision): readonly string[] {
  return blockers.map(({ remedy }) => remedy?.summary ?? '');
}

describe('a Deny: what it refuses, and the way around it', () => {
  // prettier-ignore
  test.each<readonly [string, Partial<S3Question>, string]>([
    ['without conditions', refusing(), 'The bucket policy statement No refuses s3:GetObject: except role/app in the statement'],
    ['without a name', refusing(undefined, { Sid: undefined }), 'The bucket policy statement 0 refuses s3:GetObject: except role/app in the statement'],
    ['of plain HTTP', refusing({ Bool: { 'aws:SecureTransport': 'false' } }), 'The bucket policy statement No refuses s3:GetObject without TLS: call over TLS, or except role/app in the statement'],
    ['outside a range', refusing({ NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }), 'The bucket policy statement No refuses s3:GetObject not from 203.0.113.0/24: call from 203.0.113.0/24, or except role/app in the statement'],
    ['without MFA', refusing({ BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } }), 'The bucket policy statement No refuses s3:GetObject without MFA: call with MFA, or except role/app in the statement'],
    ['with old TLS', refusing({ NumericLessThan: { 's3:TlsVersion': '1.2' } }), 'The bucket policy statement No refuses s3:GetObject with TLS older than 1.2: call with TLS 1.2 or newer, or except role/app in the statement'],
    ['outside a Region', refusing({ StringNotEquals: { 'aws:RequestedRegion': ['us-east-1'] } }), 'The bucket policy statement No refuses s3:GetObject outside us-east-1: except role/app in the statement'],
    ['by caller', refusing({ ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/admin' } }), 'The bucket policy statement No refuses s3:GetObject for all but arn:aws:iam::*:role/admin: except role/app in the statement'],
    ['by a tag of the caller', refusing({ StringNotEquals: { 'aws:PrincipalTag/team': ['blue', 'red'] } }), 'The bucket policy statement No refuses s3:GetObject where the caller has no tag team = blue or red: tag the caller with team = blue or red, or except role/app in the statement'],
    ['of the caller’s own', { caller: caller(ROLE, { identity: identity(allow(), deny({ Sid: 'Not' })) }) }, 'The identity-based policy statement Not of identity refuses s3:GetObject: narrow the statement'],
    ['by an SCP', { caller: caller(ROLE, { identity: identity(allow()), scps: [node('ou-1', allow(), deny({ Sid: 'Stop' }))] }) }, 'The SCP statement Stop of ou-1 at ou-1 refuses s3:GetObject: except role/app in the statement'],
    ['of a key without a tag', underKey({ tags: seen(new Map()) }, { caller: caller(ROLE, { identity: identity(allow()), scps: [node('ou-1', allow(), deny({ Sid: 'Untagged', Action: 'kms:*', Condition: { Null: { 'aws:ResourceTag/class': 'true' } } }))] }) }), 'The SCP statement Untagged of ou-1 at ou-1 refuses kms:Decrypt where the key has no tag class: tag the key with class, or except role/app in the statement'],
    ['with NotPrincipal, of a caller with a boundary', { ...refusing(undefined, { Principal: undefined, NotPrincipal: { AWS: ROLE } }), caller: caller(ROLE, { identity: identity(allow()), boundary: identity(allow()) }) }, 'The bucket policy statement No refuses s3:GetObject: write it with Principal * and ArnNotEquals aws:PrincipalArn, since NotPrincipal spares nobody who has a permissions boundary, as role/app has'],
  ])('%s', (_, over, expected) => {
    expect(summaries(decision(over))).toContain(expected);
  });

  test('around which there is a way costs little; to change one above an account costs much', () => {
    const [around] = decision(refusing({ Bool: { 'aws:SecureTransport': 'false' } })).blockers;
    expect(around?.remedy).toMatchObject({
      layer: 'bucket-policy',
      risk: 'low',
      minutes: [1, 10],
      verified: false,
    });
    const scps = [node('ou-1', allow(), deny())];
    const [above] = decision({ caller: caller(ROLE, { identity: identity(allow()), scps }) }).blockers;
    expect(above?.remedy).toMatchObject({ layer: 'scp', risk: 'high', minutes: [15, 60] });
  });
});

const far = (over: Partial<S3Question> = {}): Partial<S3Question> => ({
  caller: caller(FAR_ROLE, { identity: identity(allow()) }),
  ...over,
});
const endpoint = {
  id: 'vpce-1',
  vpcId: 'vpc-1',
  account: account(OWNER),
  policies: [
    document('vpce-1#policy', 'endpoint', allow({ Principal: '*', Resource: 'arn:aws:s3:::other/*' })),
  ],
};
const service = (over: Partial<S3Question> = {}): Partial<S3Question> => ({
  caller: caller('cloudtrail.amazonaws.com'),
  action: 's3:PutObject',
  ...over,
});

describe('no Allow: what to add, and where', () => {
  // prettier-ignore
  test.each<readonly [string, Partial<S3Question>, string]>([
    ['identity', {}, 'No identity-based policy of role/app allows s3:GetObject: add an Allow for s3:GetObject on arn:aws:s3:::b/*, or name the caller in the bucket policy'],
    ['… across accounts', { caller: caller(FAR_ROLE), bucket: bucket({ policy: bucketPolicy(allow({ Principal: '*' })) }) }, 'No identity-based policy of role/app allows s3:GetObject: add an Allow for s3:GetObject on arn:aws:s3:::b/* in account 444455556666'],
    ['… of a service-linked role', { caller: caller(`arn:aws:iam::${OWNER}:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX`) }, 'role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX is a service-linked role, whose policy nobody changes: use a role of your own for s3:GetObject'],
    ['bucket policy', far(), 'The bucket policy does not let role/app of account 444455556666 in: add an Allow for s3:GetObject on arn:aws:s3:::b/* with the principal arn:aws:iam::444455556666:role/app'],
    ['… for anyone', { caller: caller('anonymous') }, 'The bucket policy lets nobody in without signing: give callers credentials, or serve the objects through CloudFront, rather than make the bucket public'],
    ['… for a service', service(), 'The bucket policy does not let cloudtrail.amazonaws.com in: add an Allow for s3:PutObject on arn:aws:s3:::b/* with that Service principal and aws:SourceAccount'],
    ['… but on conditions', service({ bucket: bucket({ policy: bucketPolicy(allow({ Sid: 'Trail', Principal: { Service: 'cloudtrail.amazonaws.com' }, Condition: { StringEquals: { 'aws:SourceAccount': OWNER } } })) }) }), 'The bucket policy allows s3:PutObject on behalf of account 111122223333: call so, or widen the Allow Trail'],
    ['boundary', { caller: caller(ROLE, { identity: identity(allow()), boundary: identity() }) }, 'The permissions boundary of role/app does not allow s3:GetObject: add s3:GetObject on arn:aws:s3:::b/* to it'],
    ['session', { caller: caller(ROLE, { identity: identity(allow()), session: identity() }) }, 'No session policy allows s3:GetObject: assume the role with one that allows s3:GetObject on arn:aws:s3:::b/*'],
    ['SCP', { caller: caller(ROLE, { identity: identity(allow()), scps: [node('r-1', allow()), node('ou-1')] }) }, 'No SCP allows it at ou-1: allow s3:GetObject in an SCP there'],
    ['endpoint', { caller: ABLE, via: { ...ANYWHERE, endpoint } }, 'The policy of vpce-1 does not allow s3:GetObject here: add arn:aws:s3:::b and arn:aws:s3:::b/* to an Allow'],
    ['access point', { caller: caller('anonymous'), bucket: bucket({ policy: bucketPolicy(allow({ Principal: '*' })) }), via: { ...ANYWHERE, accessPoint: accessPoint() } }, 'Access points take no anonymous calls: sign the request'],
    ['requester pays', far({ bucket: bucket({ policy: bucketPolicy(allow({ Principal: '*' })), payer: seen('Requester') }) }), 'The requester pays, and must say so with each request: send x-amz-request-payer: requester with each request'],
    ['public bucket', far({ bucket: bucket({ policy: bucketPolicy(allow({ Principal: '*' })), block: blockOf({ restrictPublicBuckets: seen(true) }) }) }), 'RestrictPublicBuckets is on and the policy is public: name accounts or the organization where the policy says everyone, rather than turn the flag off'],
    ['key policy', underKey({ policy: keyPolicy() }), `No statement of the key policy admits role/app: add a statement for kms:Decrypt with the principal ${ROLE}, or delegate to IAM with the principal arn:aws:iam::111122223333:root`],
    ['… for a session', underKey({ policy: keyPolicy() }, { caller: caller(SESSION, { identity: identity(allow()) }) }), `No statement of the key policy admits assumed-role/app/jane: add a statement for kms:Decrypt with the principal ${ROLE}, or delegate to IAM with the principal arn:aws:iam::111122223333:root`],
    ['KMS on the identity side', underKey({}, { caller: caller(ROLE, { identity: identity(allow({ Action: 's3:*' })) }) }), `No identity-based policy of role/app allows kms:Decrypt: add an Allow for kms:Decrypt on ${KEY}, or name the caller in the key policy`],
    ['a disabled key', underKey({ state: seen('Disabled') }), 'The key is Disabled: enable the key (kms:EnableKey)'],
    ['a key to be deleted', underKey({ state: seen('PendingDeletion'), deletionDate: '2026-12-05' }), 'The key is PendingDeletion, deletion on 2026-12-05: cancel the deletion (kms:CancelKeyDeletion), then enable the key'],
    ['a key elsewhere', underKey({ region: 'us-east-1' }), "The key is in us-east-1, the bucket in eu-west-1: use a key of the bucket's Region"],
  ])('%s', (_, over, expected) => {
    expect(summaries(decision(over))).toContain(expected);
  });

  test('of a key that is used directly', () => {
    const key = kmsKey({ policy: keyPolicy() });
    const asked = {
      caller: ABLE,
      action: 'kms:Decrypt',
      key,
      via: ANYWHERE,
      context: {},
      time: '2026-11-22',
    };
    expect(summaries(decideKey(asked))).toEqual([
      `No statement of the key policy admits role/app: add a statement for kms:Decrypt with the principal ${ROLE}, or delegate to IAM with the principal arn:aws:iam::111122223333:root`,
    ]);
  });

  test('of a role that is to be assumed', () => {
    const arn = `arn:aws:iam::${OWNER}:role/target`;
    const role = {
      arn,
      account: account(OWNER),
      trust: { document: `${arn}#trust`, attachedTo: arn, policy: absent<CompiledPolicy>() },
      tags: seen(new Map()),
      rcps: undefined,
    };
    const asked = {
      caller: ABLE,
      action: 'sts:AssumeRole',
      role,
      via: ANYWHERE,
      context: {},
      time: '2026-11-22',
    };
    expect(summaries(decideRole(asked))).toEqual([
      `The trust policy does not let role/app in: add an Allow for sts:AssumeRole with the principal ${ROLE}`,
    ]);
  });
});

test('every layer has something to say', () => {
  const scene = sceneOf(question());
  for (const layer of LAYERS) {
    const text = missingSummary(layer, { scene, call: scene.call, note: '' });
    expect(text).toMatch(/^[A-Zr]/);
    expect(text).not.toMatch(/undefined|\.$/);
  }
});
