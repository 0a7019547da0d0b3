// Every field that a layer reads: where it could not be read, the verdict that needs it is unknown, and says why.
import { buildEstate, parseSnapshot } from '@denyscope/inventory';
import { layerFieldNames, type ExplainAnswer, type ExplainRequest } from '@denyscope/model';
import { BASE, everyone, HEADER, KINDS, MANY, POINT, USER } from './every-kind.fixture.ts';
import { compileEstate, explain, whoCan } from './index.ts';
import { allow, FAR_ROLE, KEY, OWNER, policy, ROLE, SCAN } from './small-world.fixture.ts';

/** What else is true of the line, or undefined for what it lacks. */
type Change = Readonly<Record<string, unknown>>;

interface Case {
  readonly ask?: Partial<ExplainRequest>;
  /** Kind → what its lines say besides, so that the field matters. */
  readonly given?: Readonly<Record<string, Change>>;
}

const tagged = (key: string) => policy(allow('*', { Condition: { StringEquals: { [key]: 'x' } } }));
const byTag = (key: string) => ({ RolePolicyList: [{ PolicyName: 'p', PolicyDocument: tagged(key) }] });
const encrypted = {
  ServerSideEncryptionConfiguration: {
    Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: KEY } }],
  },
};
const open: Case = { ask: { principal: 'anonymous' }, given: { bucket: { Policy: everyone } } };
const throughPoint: Case = { ask: { resource: `${POINT}/object/k` } };
const publicPoint: Case = {
  ask: { principal: FAR_ROLE, resource: `${POINT}/object/k` },
  given: { bucket: { Policy: everyone }, 'access-point': { Policy: everyone } },
};
const throughMany: Case = {
  ask: { resource: `${MANY}/object/k` },
  given: { bucket: { Policy: everyone }, 'multi-region-access-point': { Policy: everyone } },
};
const ann: Case = { ask: { principal: USER } };
const decrypt = { action: 'kms:Decrypt', resource: KEY };

/** For each field that a layer reads, a question that turns on it. */
const CASES: Readonly<Record<string, Case>> = {
  'organization-policy Content': {},
  'organization-policy TargetIds': {},
  'account ParentId': {},
  'iam-user UserPolicyList': ann,
  'iam-user GroupList': ann,
  'iam-user AttachedManagedPolicies': ann,
  'iam-user PermissionsBoundary': ann,
  'iam-user Tags': {
    ...ann,
    given: {
      'iam-user': {
        UserPolicyList: [{ PolicyName: 'p', PolicyDocument: tagged('aws:PrincipalTag/t') }],
        AttachedManagedPolicies: [],
      },
    },
  },
  'iam-role AssumeRolePolicyDocument': {
    ask: { principal: FAR_ROLE, action: 'sts:AssumeRole', resource: ROLE },
  },
  'iam-role RolePolicyList': {},
  'iam-role AttachedManagedPolicies': { given: { 'iam-role': { RolePolicyList: [] } } },
  'iam-role PermissionsBoundary': {},
  'iam-role Tags': { given: { 'iam-role': byTag('aws:PrincipalTag/t') } },
  'iam-group GroupPolicyList': { ...ann, given: { 'iam-user': { AttachedManagedPolicies: [] } } },
  'iam-group AttachedManagedPolicies': { ...ann, given: { 'iam-user': { AttachedManagedPolicies: [] } } },
  'iam-policy PolicyVersionList': ann,
  'account-public-access-block PublicAccessBlockConfiguration': open,
  'bucket Policy': {},
  'bucket PublicAccessBlockConfiguration': open,
  'bucket ServerSideEncryptionConfiguration': {},
  'bucket OwnershipControls': {
    ask: { principal: 'anonymous', action: 's3:ListBucket', resource: 'arn:aws:s3:::data' },
    given: {
      bucket: {
        Grants: [
          {
            Grantee: { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/global/AllUsers' },
            Permission: 'READ',
          },
        ],
      },
    },
  },
  'bucket Grants': {
    ask: { principal: 'anonymous', action: 's3:ListBucket', resource: 'arn:aws:s3:::data' },
    given: { bucket: { OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] } } },
  },
  'bucket AbacStatus': {
    ask: { action: 's3:ListBucket', resource: 'arn:aws:s3:::data' },
    given: {
      'iam-role': byTag('aws:ResourceTag/t'),
      bucket: { TagSet: [{ Key: 't', Value: 'x' }] },
    },
  },
  'bucket TagSet': {
    ask: { action: 's3:ListBucket', resource: 'arn:aws:s3:::data' },
    given: { 'iam-role': byTag('aws:ResourceTag/t'), bucket: { AbacStatus: { Status: 'Enabled' } } },
  },
  'bucket Payer': { ask: { principal: FAR_ROLE }, given: { bucket: { Policy: everyone } } },
  'bucket ObjectLockConfiguration': { ask: { action: 's3:DeleteObjectVersion' } },
  'access-point Policy': throughPoint,
  'access-point PublicAccessBlockConfiguration': publicPoint,
  'access-point Tags': {
    ...throughPoint,
    given: {
      'access-point': {
        Policy: policy({
          Effect: 'Deny',
          Principal: '*',
          Action: '*',
          Resource: '*',
          Condition: { StringEquals: { 's3:AccessPointTag/t': 'x' } },
        }),
      },
    },
  },
  'multi-region-access-point Policy': throughMany,
  'multi-region-access-point PublicAccessBlock': {
    ...throughMany,
    ask: { principal: FAR_ROLE, resource: `${MANY}/object/k` },
  },
  'multi-region-access-point Regions': throughMany,
  'kms-key Policy': { given: { bucket: encrypted } },
  'kms-key Grants': { ask: { ...decrypt, principal: FAR_ROLE } },
  'kms-key Aliases': {
    ask: decrypt,
    given: {
      'iam-role': {
        RolePolicyList: [{ PolicyName: 'p', PolicyDocument: tagged('kms:ResourceAliases') }],
      },
    },
  },
  'kms-key Tags': { ask: decrypt, given: { 'iam-role': byTag('aws:ResourceTag/t') } },
  'vpc-endpoint PolicyDocument': { ask: { via: 'vpce-1' } },
};

interface Unread {
  readonly kind: string;
  readonly field: string;
}

function worldOf({ given = {} }: Case, unread?: Unread) {
  const lines = BASE.map((line) => {
    const changed = { ...line, data: { ...line.data, ...given[line.kind] } };
    if (unread?.kind !== line.kind) return changed;
    const { [unread.field]: _hidden, ...data } = changed.data;
    const why = { field: unread.field, reason: 'AccessDenied', message: 'no' };
    return { ...changed, data, unreadable: [why] };
  });
  const { header, lines: read } = parseSnapshot([HEADER, ...lines]);
  return compileEstate(buildEstate(header, read));
}

function answerTo(name: string, unread?: Unread): ExplainAnswer {
  const asked = CASES[name];
  if (!asked) throw new Error(`no question turns on ${name}: add one`);
  const request = { principal: ROLE, action: 's3:GetObject', resource: 'arn:aws:s3:::data/k', ...asked.ask };
  const explained = explain(worldOf(asked, unread), request, SCAN);
  if (!explained.ok) throw new Error(explained.problem.message);
  return explained.answer;
}

const FIELDS = KINDS.flatMap((kind) => layerFieldNames(kind).map((field) => [kind, field] as const));

test.each(FIELDS)('%s %s: unreadable is unknown, never a pass', (kind, field) => {
  const name = `${kind} ${field}`;
  expect(answerTo(name).verdict).not.toBe('unknown');
  const { verdict, missing } = answerTo(name, { kind, field });
  expect({ verdict, isNamed: missing.length > 0 }).toEqual({ verdict: 'unknown', isNamed: true });
});

test.each([
  ['Policy', 's3:GetBucketPolicy'],
  ['Grants', 's3:GetBucketAcl'],
  ['Payer', 's3:GetBucketRequestPayment'],
  ['ObjectLockConfiguration', 's3:GetBucketObjectLockConfiguration'],
])('explain and who-can name the gap that an unreadable bucket %s leaves', (field, step) => {
  const { missing } = answerTo(`bucket ${field}`, { kind: 'bucket', field });
  const gap = { step, accountId: OWNER, reason: 'AccessDenied' };
  expect(missing.map((document) => document.gap)).toContainEqual(expect.objectContaining(gap));
  const who = whoCan(worldOf({}, { kind: 'bucket', field }), { bucket: 'data' }, SCAN);
  expect(who).toMatchObject({ ok: true, answer: { coverage: { complete: false } } });
  expect(who.ok && who.answer.coverage.gaps).toContainEqual(expect.objectContaining(gap));
});

test('who-can names the gaps of the bucket’s key and of its access points', () => {
  const key = worldOf({ given: { bucket: encrypted } }, { kind: 'kms-key', field: 'Policy' });
  const point = worldOf({}, { kind: 'access-point', field: 'Policy' });
  const stepsOf = (world: typeof key) => {
    const who = whoCan(world, { bucket: 'data' }, SCAN);
    return who.ok ? who.answer.coverage.gaps.map(({ step }) => step) : [];
  };
  expect(stepsOf(key)).toEqual(['kms:GetKeyPolicy']);
  expect(stepsOf(point)).toEqual(['s3:GetAccessPointPolicy']);
});
