import { checkSnapshotHeader, checkSnapshotLine, parsePrincipal, snapshotLineId } from '@denyscope/model';
import { danglingReferences, lineKey } from '../references.ts';
import { DEMO_STORIES, demoWorld } from './demo.ts';
import { ACCOUNTS, VENDOR } from './organization.ts';

const world = demoWorld();
const ofKind = (kind: string) => world.lines.filter((line) => line.kind === kind);
const idsOf = (kind: string) => new Set(ofKind(kind).map(snapshotLineId));
const storyNamed = (id: string) => DEMO_STORIES.find((story) => story.id === id);

test('every line of the demo is a valid snapshot line', () => {
  expect(checkSnapshotHeader(world.header)).toHaveProperty('header');
  expect(world.lines.map(checkSnapshotLine).filter((result) => 'fault' in result)).toEqual([]);
});

test('the demo has 12 accounts, 60 buckets in 3 Regions, and between 60 and 100 principals', () => {
  expect(idsOf('account').size).toBe(12);
  expect(idsOf('bucket').size).toBe(60);
  expect(new Set(ofKind('bucket').map((line) => line.region)).size).toBe(3);
  const principals = idsOf('iam-role').size + idsOf('iam-user').size;
  expect(principals).toBeGreaterThanOrEqual(60);
  expect(principals).toBeLessThanOrEqual(100);
});

test('no two lines are the same resource', () => {
  expect(new Set(world.lines.map(lineKey)).size).toBe(world.lines.length);
});

test('everything that the demo refers to exists', () => {
  expect(danglingReferences(world.lines)).toEqual([]);
});

test('only the named gaps are unreadable', () => {
  const gaps = world.lines.filter((line) => line.kind === 'coverage' || line.unreadable !== undefined);
  expect(gaps.map((line) => line.data['Name'] ?? line.accountId)).toEqual([
    ACCOUNTS.northwind,
    'example-dev-unreadable-policy',
  ]);
});

test('the demo is small enough to load at once', () => {
  expect(JSON.stringify(world).length).toBeLessThan(1_000_000);
});

test('every story asks about a bucket of the demo, and has a name of its own', () => {
  expect(new Set(DEMO_STORIES.map((story) => story.id)).size).toBe(DEMO_STORIES.length);
  expect(DEMO_STORIES.map((story) => story.bucket).filter((name) => !idsOf('bucket').has(name))).toEqual([]);
});

test('every story asks for a principal that the demo holds, an outsider of a story, anonymous or a service', () => {
  const known = new Set([...idsOf('iam-role'), ...idsOf('iam-user')]);
  const strangers = DEMO_STORIES.map((story) => story.question.principal).filter((arn) => !known.has(arn));
  expect([...new Set(strangers.filter((arn) => arn.startsWith('arn:')))].toSorted()).toEqual([
    `arn:aws:iam::${ACCOUNTS.northwind}:role/migration-loader`,
    `arn:aws:iam::${VENDOR}:role/vendor-ingest`,
  ]);
  expect(strangers.every((text) => parsePrincipal(text) !== undefined)).toBe(true);
});

test('a denied story names the layer that blocks, and an allowed one none', () => {
  const wrong = DEMO_STORIES.filter(
    ({ expected, blockers }) =>
      (expected === 'denied' && blockers.length === 0) || (expected === 'allowed' && blockers.length > 0),
  );
  expect(wrong).toEqual([]);
});

test.each([
  ['scp-kms-tag', 'denied', 'scp'],
  ['vpce-only', 'denied', 'bucket-policy'],
  ['cross-account-half', 'denied', 'identity'],
  ['public-under-bpa', 'denied', 'block-public-access'],
  ['endpoint-forgot', 'denied', 'vpc-endpoint'],
  ['no-decrypt', 'denied', 'kms-identity'],
  ['unscanned-account', 'unknown', undefined],
  ['unreadable-policy', 'unknown', undefined],
])('the story %s is there: %s by %s', (id, expected, blocker) => {
  expect(storyNamed(id)?.expected).toBe(expected);
  expect(storyNamed(id)?.blockers[0]).toBe(blocker);
});
