import { absent, seen, unreadable } from '@denyscope/model';
import { decideKey, type GrantFacts, type KeyFacts, type KeyQuestion } from '../index.ts';
import {
  account,
  allow,
  ANYWHERE,
  blockersOf,
  caller,
  deny,
  FAR_ROLE,
  hidden,
  identity,
  KEY,
  keyPolicy,
  kmsKey,
  OTHER,
  OWNER,
  ROLE,
  ROOT,
  SESSION,
  USER,
} from '../question.fixture.ts';

const ABLE = caller(ROLE, { identity: identity(allow()) });
const S3_ONLY = caller(ROLE, { identity: identity(allow({ Action: 's3:*' })) });
const FAR = caller(FAR_ROLE, { identity: identity(allow()) });
const ALIAS = 'alias/data';

/** The verdict and its condition, or what blocks. */
function answerOf(over: Partial<KeyQuestion>): string {
  const question = { action: 'kms:Decrypt', key: kmsKey(), via: ANYWHERE, context: {}, time: NOW };
  const answer = decideKey({ caller: ABLE, ...question, ...over });
  if (answer.verdict === 'denied') return `denied: ${blockersOf(answer).join(' ')}`;
  return answer.verdict === 'conditional' ? answer.conditionText : answer.verdict;
}

const NOW = '2026-11-22T02:00:00Z';
const shared = (over: Partial<KeyFacts> = {}): KeyFacts =>
  kmsKey({ policy: keyPolicy(allow({ Principal: { AWS: OTHER } })), ...over });
const granting = (over: Partial<GrantFacts>): KeyFacts =>
  kmsKey({
    policy: keyPolicy(),
    grants: seen([{ id: 'g1', grantee: ROLE, operations: ['Decrypt'], ...over }]),
  });
const named = (principal: string): KeyFacts =>
  kmsKey({ policy: keyPolicy(allow({ Principal: { AWS: principal } })) });
const managed = keyPolicy(
  allow({
    Principal: { AWS: '*' },
    Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } },
  }),
);

describe('a key used directly (semantics.md D.4)', () => {
  // prettier-ignore
  test.each<readonly [string, Partial<KeyQuestion>, string]>([
    ['the key trusts the account, the role has an Allow', {}, 'allowed'],
    ['… or has none', { caller: S3_ONLY }, 'denied: kms:kms-identity'],
    ['the key trusts nobody', { key: kmsKey({ policy: keyPolicy() }) }, 'denied: kms:kms-key-policy'],
    ['the key names the role', { caller: S3_ONLY, key: named(ROLE) }, 'allowed'],
    ['… and so its session', { caller: caller(SESSION), key: named(ROLE) }, 'allowed'],
    ['… but not a user', { caller: caller(USER), key: named(ROLE) }, 'denied: kms:kms-key-policy'],
    ['an identity Deny counts beside a direct Allow', { caller: caller(ROLE, { identity: identity(deny()) }), key: named(ROLE) }, 'denied: kms:kms-identity!'],
    ['a boundary limits what names the role', { caller: caller(ROLE, { boundary: identity(allow({ Action: 's3:*' })) }), key: named(ROLE) }, 'denied: kms:boundary'],
    ['the account delegates the actions that it lists', { key: kmsKey({ policy: keyPolicy(allow({ Principal: { AWS: ROOT }, Action: 'kms:Describe*' })) }) }, 'denied: kms:kms-key-policy'],
    ['the root user needs the key to trust the account', { caller: caller(ROOT) }, 'allowed'],
    ['… and else has nothing', { caller: caller(ROOT), key: named(ROLE) }, 'denied: kms:kms-key-policy'],
    ['kms:ViaService is absent', { key: kmsKey({ policy: managed }) }, 'denied: kms:kms-key-policy'],
    ['KMS takes no anonymous calls', { caller: caller('anonymous'), key: kmsKey({ policy: keyPolicy(allow({ Principal: '*' })) }) }, 'denied: kms:kms-key-state'],
    ['a service that the key trusts', { caller: caller('logs.amazonaws.com'), key: kmsKey({ policy: keyPolicy(allow({ Principal: { Service: 'logs.amazonaws.com' } })) }) }, 'allowed'],
    ['a service that it does not', { caller: caller('logs.amazonaws.com') }, 'denied: kms:kms-key-policy'],
    ['across accounts both sides allow', { caller: FAR, key: shared() }, 'allowed'],
    ['… the key must', { caller: FAR }, 'denied: kms:kms-key-policy'],
    ['… and the caller\'s policies', { caller: caller(FAR_ROLE), key: shared() }, 'denied: kms:kms-identity'],
    ['… by the full ARN of the key', { caller: caller(FAR_ROLE, { identity: identity(allow({ Resource: `arn:aws:kms:*:${OTHER}:key/*` })) }), key: shared() }, 'denied: kms:kms-identity'],
    ['a key is described across accounts', { caller: FAR, key: shared(), action: 'kms:DescribeKey' }, 'allowed'],
    ['its policy is not read across accounts', { caller: FAR, key: shared(), action: 'kms:GetKeyPolicy' }, 'denied: kms:kms-key-policy'],
    ['… though it is in its own', { action: 'kms:GetKeyPolicy' }, 'allowed'],
    ['its policy is not written across accounts', { caller: FAR, key: shared(), action: 'kms:PutKeyPolicy' }, 'denied: kms:kms-key-policy'],
    ['a caller of an account without the Region', { caller: { ...FAR, account: { ...account(OTHER), enabledRegions: ['us-east-1'] } }, key: shared() }, 'denied: kms:account-state'],
    ['a caller of a suspended account', { caller: { ...FAR, account: { ...account(OTHER), state: 'SUSPENDED' } }, key: shared() }, 'denied: kms:account-state'],
    ['a key policy that nobody could read', { key: kmsKey({ policy: hidden('k') }) }, 'unknown'],
    ['grants that nobody could read', { caller: S3_ONLY, key: kmsKey({ policy: keyPolicy(), grants: unreadable('AccessDenied') }) }, 'unknown'],
    ['tags that nobody could read, where a policy asks for them', { caller: caller(ROLE, { identity: identity(allow({ Condition: { StringEquals: { 'aws:ResourceTag/team': 'a' } } })) }), key: kmsKey({ tags: unreadable('AccessDenied') }) }, 'unknown'],
    ['tags', { caller: caller(ROLE, { identity: identity(allow({ Condition: { StringEquals: { 'aws:ResourceTag/team': 'a' } } })) }), key: kmsKey({ tags: seen(new Map([['team', 'a']])) }) }, 'allowed'],
  ])('%s', (_, over, expected) => {
    expect(answerOf(over)).toBe(expected);
  });
});

describe('grants, where the encryption context is open (semantics.md D.4)', () => {
  const only = { caller: S3_ONLY };
  const team = { 'kms:EncryptionContext:team': ['a'] };
  const andKeys = (...keys: readonly string[]): KeyQuestion['context'] => ({
    ...team,
    'kms:EncryptionContextKeys': keys,
  });

  // prettier-ignore
  test.each<readonly [string, Partial<KeyQuestion>, string]>([
    ['a subset is a condition', { ...only, key: granting({ contextSubset: { team: 'a' } }) }, 'where the encryption context has team = a'],
    ['… which may be met', { ...only, key: granting({ contextSubset: { team: 'a' } }), context: team }, 'allowed'],
    ['… with other pairs beside', { ...only, key: granting({ contextSubset: { team: 'a' } }), context: andKeys('team', 'more') }, 'allowed'],
    ['… or not met', { ...only, key: granting({ contextSubset: { team: 'b' } }), context: team }, 'denied: kms:kms-key-policy'],
    ['the whole is met by it alone', { ...only, key: granting({ contextEquals: { team: 'a' } }), context: andKeys('team') }, 'allowed'],
    ['… and not with other pairs beside', { ...only, key: granting({ contextEquals: { team: 'a' } }), context: andKeys('team', 'more') }, 'denied: kms:kms-key-policy'],
    ['without a context the empty whole is met', { ...only, key: granting({ contextEquals: {} }), context: { 'kms:EncryptionContextKeys': null } }, 'allowed'],
    ['text that looks like a variable is text', { ...only, key: granting({ contextSubset: { team: '${aws:username}' } }), context: { 'kms:EncryptionContext:team': ['${aws:username}'] } }, 'allowed'],
    ['across accounts a grant needs the caller\'s own Allow', { caller: caller(FAR_ROLE), key: granting({ grantee: FAR_ROLE }) }, 'denied: kms:kms-identity'],
    ['… and is enough beside it', { caller: FAR, key: granting({ grantee: FAR_ROLE }) }, 'allowed'],
  ])('%s', (_, over, expected) => {
    expect(answerOf(over)).toBe(expected);
  });
});

describe("the key's state (semantics.md D.5)", () => {
  const STATES = [
    'Disabled',
    'PendingDeletion',
    'PendingReplicaDeletion',
    'PendingImport',
    'Unavailable',
    'Creating',
    'Updating',
  ];
  const READS = [
    'DescribeKey',
    'GetKeyPolicy',
    'ListGrants',
    'ListResourceTags',
    'CancelKeyDeletion',
    'EnableKey',
  ];
  const USES = [
    'Decrypt',
    'Encrypt',
    'GenerateDataKey',
    'GenerateDataKeyWithoutPlaintext',
    'ReEncryptFrom',
    'Sign',
    'Verify',
    'GenerateMac',
  ];

  test.each(STATES)('%s keeps no one from reading about the key', (state) => {
    const key = kmsKey({ state: seen(state) });
    for (const action of READS)
      expect([action, answerOf({ key, action: `kms:${action}` })]).toEqual([action, 'allowed']);
  });

  test.each(STATES)('%s keeps everyone from using it', (state) => {
    const key = kmsKey({ state: seen(state) });
    for (const action of USES) {
      expect([action, answerOf({ key, action: `kms:${action}` })]).toEqual([
        action,
        'denied: kms:kms-key-state',
      ]);
    }
  });

  test('a state that nobody could read leaves the use unknown, and the reading not', () => {
    const key = kmsKey({ state: unreadable('AccessDenied') });
    expect(answerOf({ key })).toBe('unknown');
    expect(answerOf({ key, action: 'kms:DescribeKey' })).toBe('allowed');
    expect(answerOf({ key: kmsKey({ state: absent() }) })).toBe('unknown');
  });
});

describe('an alias (semantics.md D.4)', () => {
  const onAlias = identity(allow({ Resource: `arn:aws:kms:eu-west-1:${OWNER}:${ALIAS}` }));
  const onKey = identity(allow({ Resource: KEY }));
  const byAlias = (over: Partial<KeyQuestion>): Partial<KeyQuestion> => ({ alias: ALIAS, ...over });

  // prettier-ignore
  test.each<readonly [string, Partial<KeyQuestion>, string]>([
    ['a use by alias is a use of the key', byAlias({ caller: caller(ROLE, { identity: onKey }) }), 'allowed'],
    ['a policy on the alias allows no use', byAlias({ caller: caller(ROLE, { identity: onAlias }) }), 'denied: kms:kms-identity'],
    ['kms:RequestAlias is the alias', byAlias({ caller: caller(ROLE, { identity: identity(allow({ Condition: { StringEquals: { 'kms:RequestAlias': ALIAS } } })) }) }), 'allowed'],
    ['… and no other', byAlias({ caller: caller(ROLE, { identity: identity(allow({ Condition: { StringEquals: { 'kms:RequestAlias': 'alias/other' } } })) }) }), 'denied: kms:kms-identity'],
    ['the alias itself is changed by a policy on it', byAlias({ action: 'kms:UpdateAlias', caller: caller(ROLE, { identity: onAlias }) }), 'allowed'],
    ['… and not by one on the key', byAlias({ action: 'kms:DeleteAlias', caller: caller(ROLE, { identity: onKey }) }), 'denied: kms:kms-identity'],
    ['… whatever the state of the key', byAlias({ action: 'kms:DeleteAlias', key: kmsKey({ state: seen('Disabled') }) }), 'allowed'],
    ['… and not across accounts', byAlias({ action: 'kms:UpdateAlias', caller: FAR, key: shared() }), 'denied: kms:kms-key-policy'],
  ])('%s', (_, over, expected) => {
    expect(answerOf(over)).toBe(expected);
  });
});
