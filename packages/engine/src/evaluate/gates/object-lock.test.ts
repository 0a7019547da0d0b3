import { absent, seen, unreadable, type Observed } from '@denyscope/model';
import type { BucketLockFacts, ObjectLockFacts, S3Question } from '../../index.ts';
import {
  allow,
  blockersOf,
  bucket,
  caller,
  decision,
  deny,
  identity,
  ROLE,
  ROOT,
} from '../../question.fixture.ts';

const ALL = identity(allow());
const NO_BYPASS = identity(allow(), deny({ Action: 's3:BypassGovernanceRetention' }));
const SOME_BYPASS = identity(
  allow({ Action: 's3:DeleteObjectVersion' }),
  allow({ Action: 's3:BypassGovernanceRetention', Resource: 'arn:aws:s3:::b/tmp/*' }),
);

interface Case {
  readonly identity?: typeof ALL;
  readonly setting?: Observed<BucketLockFacts>;
  readonly lock?: ObjectLockFacts;
  readonly over?: Partial<S3Question>;
}

function ask({ identity: policies = ALL, setting = LOCKED, lock, over }: Case) {
  return decision({
    action: 's3:DeleteObjectVersion',
    caller: caller(ROLE, { identity: policies }),
    bucket: bucket({ objectLock: setting }),
    ...(lock && { object: { lock } }),
    ...over,
  });
}

function answerOf(asked: Case): string {
  const answer = ask(asked);
  if (answer.verdict === 'denied') return `denied: ${blockersOf(answer).join(' ')}`;
  return answer.verdict === 'conditional' ? 'conditional' : answer.verdict;
}

const LOCKED: Observed<BucketLockFacts> = seen({ defaultMode: undefined });
const GOVERNANCE: Observed<BucketLockFacts> = seen({ defaultMode: 'GOVERNANCE' });
const COMPLIANCE: Observed<BucketLockFacts> = seen({ defaultMode: 'COMPLIANCE' });
const UNREAD = unreadable('AccessDenied');

// prettier-ignore
test.each<readonly [string, Case, string]>([
  ['a bucket without Object Lock locks nothing', { setting: absent() }, 'allowed'],
  ['a version that nobody says is retained', {}, 'allowed'],
  ['under compliance retention nobody deletes', { lock: { mode: 'COMPLIANCE', retained: true } }, 'denied: object-lock'],
  ['… not even the root user', { lock: { mode: 'COMPLIANCE', retained: true }, over: { caller: caller(ROOT) } }, 'denied: object-lock'],
  ['compliance retention that is over', { lock: { mode: 'COMPLIANCE', retained: false } }, 'allowed'],
  ['under a legal hold nobody deletes', { lock: { retained: false, legalHold: true } }, 'denied: object-lock'],
  ['… not even with the bypass', { lock: { mode: 'GOVERNANCE', retained: false, legalHold: true } }, 'denied: object-lock'],
  ['under governance retention whoever may bypass it', { lock: { mode: 'GOVERNANCE', retained: true } }, 'allowed'],
  ['… and nobody else', { identity: NO_BYPASS, lock: { mode: 'GOVERNANCE', retained: true } }, 'denied: object-lock'],
  ['… for the objects of which he may', { identity: SOME_BYPASS, lock: { mode: 'GOVERNANCE', retained: true } }, 'conditional'],
  ['retention of which nobody says the mode', { lock: { retained: true } }, 'denied: object-lock'],
  ['… has the bucket\'s', { setting: GOVERNANCE, lock: { retained: true } }, 'allowed'],
  ['a default retention leaves it open whether the version is', { setting: COMPLIANCE }, 'conditional'],
  ['… save for whom may bypass it', { setting: GOVERNANCE }, 'allowed'],
  ['… and not for others', { setting: GOVERNANCE, identity: NO_BYPASS }, 'conditional'],
  ['… which the asker may close', { setting: COMPLIANCE, over: { context: { 'object-lock-retained': ['true'] } } }, 'denied: object-lock'],
  ['… either way', { setting: COMPLIANCE, over: { context: { 'object-lock-retained': null } } }, 'allowed'],
  ['a setting that nobody could read leaves it unknown', { setting: UNREAD }, 'unknown'],
  ['… save where the asker knows the version', { setting: UNREAD, lock: { retained: false, legalHold: false } }, 'allowed'],
  ['… to be held', { setting: UNREAD, lock: { legalHold: true } }, 'denied: object-lock'],
  ['… and where the caller may not delete at all', { setting: UNREAD, identity: [] }, 'denied: identity'],
  ['a plain DELETE adds a marker', { lock: { mode: 'COMPLIANCE', retained: true }, over: { action: 's3:DeleteObject' } }, 'allowed'],
  ['a retention is set by whoever may', { setting: COMPLIANCE, over: { action: 's3:PutObjectRetention' } }, 'allowed'],
  ['a legal hold is lifted by whoever may', { lock: { legalHold: true }, over: { action: 's3:PutObjectLegalHold' } }, 'allowed'],
])('object lock (semantics.md C.9): %s', (_, asked, expected) => {
  expect(answerOf(asked)).toBe(expected);
});

test('what is not known of the version is a condition on it, or an assumption', () => {
  const retained = { leg: 's3', key: 'object-lock-retained', test: 'equals', values: ['true'] };
  const open = ask({ setting: COMPLIANCE });
  expect(open.condition).toMatchObject({ not: retained });
  expect(open.assumptions).toContain('the version is under no legal hold');
  expect(ask({}).assumptions).toEqual(
    expect.arrayContaining(['the version is under no legal hold', 'the version is under no retention']),
  );
  expect(ask({ setting: absent() }).assumptions.join()).not.toContain('the version');
  expect(ask({ lock: { retained: false, legalHold: false } }).assumptions.join()).not.toContain(
    'the version',
  );
});

test('the row says which mode, and what lifts it', () => {
  const row = ask({ lock: { mode: 'GOVERNANCE', retained: true }, identity: NO_BYPASS }).layers.find(
    ({ layer }) => layer === 'object-lock',
  );
  expect(row).toMatchObject({
    outcome: 'implicitly-denied',
    note: 'the version is under governance retention: s3:BypassGovernanceRetention and the header x-amz-bypass-governance-retention lift it',
  });
});
