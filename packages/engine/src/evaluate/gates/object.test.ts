import { absent, seen, unreadable } from '@denyscope/model';
import {
  account,
  allow,
  blockersOf,
  BUCKET,
  bucket,
  bucketPolicy,
  caller,
  decision,
  deny,
  FAR_ROLE,
  identity,
  OTHER,
  OWNER,
  ROLE,
  ROOT,
} from '../../question.fixture.ts';
import type { AclGrantFacts, BucketFacts, CallerFacts, ObjectFacts, S3Question } from '../../index.ts';

const ABLE = caller(ROLE, { identity: identity(allow()) });
const FAR = caller(FAR_ROLE, { identity: identity(allow()) });
const ANONYMOUS = caller('anonymous');
const CANONICAL = 'c'.repeat(64);
const ALL_USERS = 'http://acs.amazonaws.com/groups/global/AllUsers';
const SIGNED = 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers';
const KNOWN_FAR: CallerFacts = { ...FAR, account: { ...account(OTHER), canonicalUserId: CANONICAL } };

/** A bucket whose ACLs count. */
const open = (over: Partial<BucketFacts> = {}): BucketFacts =>
  bucket({ ownership: seen('ObjectWriter'), acl: seen([]), ...over });
const TO_ALL = bucketPolicy(allow({ Principal: '*' }));
const grant = (grantee: string, permission: string, accountId?: string): AclGrantFacts => ({
  grantee,
  permission,
  accountId,
});

/** The verdict and its condition, or what blocks. */
function answerOf(over: Partial<S3Question>): string {
  const answer = decision(over);
  if (answer.verdict === 'denied') return `denied: ${blockersOf(answer).join(' ')}`;
  return answer.verdict === 'conditional' ? answer.conditionText : answer.verdict;
}

const of = (object: ObjectFacts): Partial<S3Question> => ({ object });

describe('an object that another account owns (semantics.md C.3, C.4)', () => {
  const foreign = of({ owner: OTHER });

  // prettier-ignore
  test.each<readonly [string, Partial<S3Question>, string]>([
    ['the bucket owner\'s role is not let in by the bucket policy (B.7.20)', { ...foreign, caller: ABLE, bucket: open({ policy: TO_ALL }) }, 'denied: ownership'],
    ['… nor is its root user', { ...foreign, caller: caller(ROOT), bucket: open({ policy: TO_ALL }) }, 'denied: ownership'],
    ['the owner\'s account lets its own in, without the bucket policy', { ...foreign, caller: FAR, bucket: open() }, 'allowed'],
    ['… by an identity policy', { ...foreign, caller: caller(FAR_ROLE), bucket: open({ policy: TO_ALL }) }, 'denied: identity'],
    ['the bucket policy still denies', { ...foreign, caller: FAR, bucket: open({ policy: bucketPolicy(deny({ Principal: '*' })) }) }, 'denied: bucket-policy!'],
    ['one that could not be read may deny', { ...foreign, caller: FAR, bucket: open({ policy: { document: 'p', attachedTo: 'p', policy: unreadable('AccessDenied') } }) }, 'unknown'],
    ['the object\'s ACL lets another account in, beside its identity policy', { caller: KNOWN_FAR, bucket: open(), object: { owner: '777788889999', grants: [grant(CANONICAL, 'READ')] } }, 'allowed'],
    ['… which it needs', { caller: { ...KNOWN_FAR, identity: [] }, bucket: open(), object: { owner: '777788889999', grants: [grant(CANONICAL, 'READ')] } }, 'denied: identity'],
    ['the object\'s ACL lets the bucket owner in', { caller: ABLE, bucket: open(), object: { owner: OTHER, grants: [grant('o', 'FULL_CONTROL', OWNER)] } }, 'allowed'],
    ['anonymous callers come in by the ACL only', { ...foreign, caller: ANONYMOUS, bucket: open({ policy: TO_ALL }) }, 'denied: ownership'],
    ['… where it names everyone', { caller: ANONYMOUS, bucket: open(), object: { owner: OTHER, grants: [grant(ALL_USERS, 'READ')] } }, 'allowed'],
    ['an owner by its canonical user id', { caller: KNOWN_FAR, bucket: open(), object: { owner: CANONICAL } }, 'allowed'],
    ['the bucket owner deletes it all the same', { ...foreign, action: 's3:DeleteObject', caller: ABLE, bucket: open() }, 'allowed'],
    ['… and overwrites it', { ...foreign, action: 's3:PutObject', caller: ABLE, bucket: open() }, 'allowed'],
    ['where the bucket owner is enforced, it owns the object', { ...foreign, caller: ABLE, bucket: bucket() }, 'allowed'],
    ['… and the other account does not', { ...foreign, caller: FAR, bucket: bucket() }, 'denied: bucket-policy'],
    ['the bucket owner is no other owner', { ...of({ owner: OWNER }), caller: ABLE, bucket: open() }, 'allowed'],
    ['ownership that nobody could read leaves it unknown', { ...foreign, caller: ABLE, bucket: open({ ownership: unreadable('AccessDenied') }) }, 'unknown'],
    ['… save for whom neither lets in', { ...foreign, caller: caller(ROLE), bucket: open({ ownership: unreadable('AccessDenied') }) }, 'denied: identity'],
  ])('%s', (_, over, expected) => {
    expect(answerOf(over)).toBe(expected);
  });

  test('is a row of the answer, and no assumption', () => {
    const { layers, assumptions } = decision({ ...foreign, caller: ABLE, bucket: open({ policy: TO_ALL }) });
    expect(layers.filter(({ layer }) => layer === 'ownership')).toEqual([
      {
        leg: 's3',
        layer: 'ownership',
        outcome: 'implicitly-denied',
        statements: [],
        note: `the object belongs to ${OTHER}, which must grant`,
      },
    ]);
    expect(layers.find(({ layer }) => layer === 'bucket-policy')).toMatchObject({
      outcome: 'not-applicable',
    });
    expect(assumptions).not.toContain('object owned by the bucket owner');
    expect(assumptions).toContain('the ACL of the object grants to its owner only');
  });
});

describe("an object's own ACL (semantics.md C.5)", () => {
  const acl = (...grants: readonly AclGrantFacts[]): Partial<S3Question> => ({
    bucket: open(),
    object: { grants },
  });

  // prettier-ignore
  test.each<readonly [string, Partial<S3Question>, string]>([
    ['READ reads', { ...acl(grant(ALL_USERS, 'READ')), caller: ANONYMOUS }, 'allowed'],
    ['READ reads a version', { ...acl(grant(ALL_USERS, 'READ')), action: 's3:GetObjectVersion', caller: ANONYMOUS }, 'allowed'],
    ['READ does not read the ACL', { ...acl(grant(ALL_USERS, 'READ')), action: 's3:GetObjectAcl', caller: ANONYMOUS }, 'denied: bucket-policy'],
    ['READ_ACP reads the ACL', { ...acl(grant(ALL_USERS, 'READ_ACP')), action: 's3:GetObjectAcl', caller: ANONYMOUS }, 'allowed'],
    ['READ_ACP reads the ACL of a version', { ...acl(grant(ALL_USERS, 'READ_ACP')), action: 's3:GetObjectVersionAcl', caller: ANONYMOUS }, 'allowed'],
    ['WRITE_ACP writes the ACL', { ...acl(grant(ALL_USERS, 'WRITE_ACP')), action: 's3:PutObjectAcl', caller: ANONYMOUS }, 'allowed'],
    ['WRITE_ACP writes the ACL of a version', { ...acl(grant(ALL_USERS, 'WRITE_ACP')), action: 's3:PutObjectVersionAcl', caller: ANONYMOUS }, 'allowed'],
    ['FULL_CONTROL reads', { ...acl(grant(ALL_USERS, 'FULL_CONTROL')), caller: ANONYMOUS }, 'allowed'],
    ['FULL_CONTROL deletes nothing', { ...acl(grant(ALL_USERS, 'FULL_CONTROL')), action: 's3:DeleteObject', caller: ANONYMOUS }, 'denied: bucket-policy'],
    ['WRITE means nothing on an object', { ...acl(grant(ALL_USERS, 'WRITE')), action: 's3:PutObject', caller: ANONYMOUS }, 'denied: bucket-policy'],
    ['signed callers', { ...acl(grant(SIGNED, 'READ')), caller: FAR }, 'allowed'],
    ['… are not anonymous', { ...acl(grant(SIGNED, 'READ')), caller: ANONYMOUS }, 'denied: bucket-policy'],
    ['log delivery is no caller of ours', { ...acl(grant('http://acs.amazonaws.com/groups/s3/LogDelivery', 'READ')), caller: FAR }, 'denied: bucket-policy'],
    ['IgnorePublicAcls takes public grants away', { ...acl(grant(ALL_USERS, 'READ')), caller: ANONYMOUS, bucket: open({ block: { ...open().block, ignorePublicAcls: seen(true) } }) }, 'denied: block-public-access'],
    ['BucketOwnerEnforced disables it', { ...acl(grant(ALL_USERS, 'READ')), caller: ANONYMOUS, bucket: bucket() }, 'denied: bucket-policy'],
    ['ownership that nobody could read may', { ...acl(grant(ALL_USERS, 'READ')), caller: ANONYMOUS, bucket: open({ ownership: unreadable('AccessDenied') }) }, 'unknown'],
    ['… which is of no account to whom it does not name', { ...acl(), caller: ANONYMOUS, bucket: open({ ownership: unreadable('AccessDenied') }) }, 'denied: bucket-policy'],
    ['a canonical user id that nobody knows may be the caller\'s account', { ...acl(grant(CANONICAL, 'READ')), caller: FAR }, 'unknown'],
    ['… but not where the caller\'s own is known', { ...acl(grant('d'.repeat(64), 'READ')), caller: KNOWN_FAR }, 'denied: bucket-policy'],
    ['… nor where it is another account\'s', { ...acl(grant(CANONICAL, 'READ', '777788889999')), caller: FAR }, 'denied: bucket-policy'],
  ])('%s', (_, over, expected) => {
    expect(answerOf(over)).toBe(expected);
  });

  test('is cited by its grant', () => {
    const { grantedBy } = decision({
      ...acl(grant('x', 'WRITE'), grant(ALL_USERS, 'READ')),
      caller: ANONYMOUS,
    });
    expect(grantedBy).toMatchObject([{ document: `${BUCKET}/*#acl`, layer: 'acl', path: '/Grants/1' }]);
  });

  test('is assumed to grant nothing where nobody says what it holds, and only where it counts', () => {
    const assumed = 'no object ACL grants';
    expect(decision({ caller: ABLE, bucket: open() }).assumptions).toContain(assumed);
    expect(decision({ caller: ABLE, bucket: bucket() }).assumptions).not.toContain(assumed);
    expect(decision({ ...acl(), caller: ABLE }).assumptions).not.toContain(assumed);
    expect(decision({ caller: ABLE, bucket: open(), action: 's3:DeleteObject' }).assumptions).not.toContain(
      assumed,
    );
  });
});

describe('ACLs in requests (semantics.md C.5)', () => {
  const put = { action: 's3:PutObject', caller: ABLE } as const;
  const header = (name: string, ...values: readonly string[]): Partial<S3Question> => ({
    ...put,
    context: { [`s3:x-amz-${name}`]: values },
  });
  const writing = (condition: unknown): Partial<S3Question> => ({
    ...put,
    caller: caller(ROLE, { identity: identity(allow({ Condition: condition })) }),
  });
  const requires = (acl: string): unknown => ({ StringEquals: { 's3:x-amz-acl': acl } });

  // prettier-ignore
  test.each<readonly [string, Partial<S3Question>, string]>([
    ['where the bucket owner is enforced, no bucket ACL is set', { action: 's3:PutBucketAcl', objects: { kind: 'bucket' }, caller: ABLE }, 'denied: ownership'],
    ['… no object ACL', { action: 's3:PutObjectAcl', caller: ABLE }, 'denied: ownership'],
    ['… nor that of a version', { action: 's3:PutObjectVersionAcl', caller: ABLE }, 'denied: ownership'],
    ['… though it can be read', { action: 's3:GetObjectAcl', caller: ABLE }, 'allowed'],
    ['an upload without an ACL', put, 'allowed'],
    ['an upload with the one ACL that is accepted', header('acl', 'bucket-owner-full-control'), 'allowed'],
    ['an upload with another', header('acl', 'public-read'), 'denied: ownership'],
    ['an upload with grants', header('grant-read', 'id="x"'), 'denied: ownership'],
    ['an upload that is known to carry none', { ...put, context: { 's3:x-amz-acl': null } }, 'allowed'],
    ['a policy that wants the accepted ACL', writing(requires('bucket-owner-full-control')), 'with the header x-amz-acl: bucket-owner-full-control'],
    ['a policy that wants another ACL contradicts the setting (finding 73)', writing(requires('public-read')), 'denied: identity ownership'],
    ['where ACLs count, any is accepted', { ...header('acl', 'public-read'), bucket: open() }, 'allowed'],
    ['… and can be set', { action: 's3:PutBucketAcl', objects: { kind: 'bucket' }, caller: ABLE, bucket: open() }, 'allowed'],
    ['ownership that nobody could read leaves the setting of ACLs unknown', { action: 's3:PutBucketAcl', objects: { kind: 'bucket' }, caller: ABLE, bucket: open({ ownership: unreadable('AccessDenied') }) }, 'unknown'],
    ['… but no upload without one', { ...put, bucket: open({ ownership: unreadable('AccessDenied') }) }, 'allowed'],
    ['… while an upload with one is', { ...header('acl', 'private'), bucket: open({ ownership: unreadable('AccessDenied') }) }, 'unknown'],
  ])('%s', (_, over, expected) => {
    expect(answerOf(over)).toBe(expected);
  });

  test('the plain form is an assumption while nobody asks about it', () => {
    const assumed = 'the upload carries no ACL, or bucket-owner-full-control';
    expect(decision(put).assumptions).toContain(assumed);
    expect(decision({ ...put, bucket: open() }).assumptions).not.toContain(assumed);
    expect(decision(header('acl', 'private')).assumptions).not.toContain(assumed);
  });
});

describe('who owns the objects is assumed only where it matters', () => {
  const assumed = 'object owned by the bucket owner';
  test.each<readonly [string, Partial<S3Question>, boolean]>([
    ['where ACLs count', { bucket: open() }, true],
    ['where nobody could read whether they do', { bucket: open({ ownership: unreadable('X') }) }, true],
    ['without ownership controls', { bucket: open({ ownership: absent() }) }, true],
    ['where the bucket owner is enforced', { bucket: bucket() }, false],
    ['of a deletion', { bucket: open(), action: 's3:DeleteObject' }, false],
    ['of an upload', { bucket: open(), action: 's3:PutObject' }, false],
    ['of a listing', { bucket: open(), action: 's3:ListBucket', objects: { kind: 'bucket' } }, false],
  ])('%s: %j', (_, over, isAssumed) => {
    expect(decision({ caller: ABLE, ...over }).assumptions.includes(assumed)).toBe(isAssumed);
  });
});
