import { type Change, type FieldChange } from '@denyscope/model';
import { keptTerminal } from '../terminal.fixture.ts';
import { renderAccount, renderChange, renderChangesSummary, renderCompared } from './changes.ts';
import { type Style, styleOf } from './style.ts';

const plain = styleOf(keptTerminal());
const narrow: Style = { ...plain, width: 60 };

const bucket: Change = {
  kind: 'bucket',
  accountId: '111122223333',
  region: 'eu-west-1',
  id: 'example-bucket',
  change: 'changed',
  fields: [],
};
const field = (name: string, more: Partial<FieldChange>): FieldChange => ({
  path: `/data/${name}`,
  name,
  change: 'changed',
  ...more,
});
const text = (change: Partial<Change>, style = plain): string =>
  `\n${renderChange({ ...bucket, ...change }, style)}`;

const POLICY = field('Policy', {
  before: '…',
  after: '…',
  policy: {
    statements: [
      {
        change: 'changed',
        sid: 'OnlyOurEndpoint',
        effect: 'Deny',
        before: '/Statement/0',
        after: '/Statement/1',
        elements: [
          {
            element: 'Condition',
            operator: 'StringNotEquals',
            key: 'aws:SourceVpce',
            removed: ['vpce-1'],
            added: ['vpce-2', 'vpce-3'],
          },
          { element: 'Condition', operator: 'Bool', key: 'k', removed: [], added: [] },
        ],
      },
      {
        change: 'added',
        sid: null,
        effect: 'Allow',
        before: null,
        after: '/Statement/2',
        elements: [
          { element: 'Effect', removed: [], added: ['Allow'] },
          { element: 'Principal', key: 'AWS', removed: [], added: ['arn:aws:iam::444455556666:role/etl'] },
          { element: 'Action', removed: [], added: ['s3:GetObject'] },
        ],
      },
      {
        change: 'removed',
        sid: 'Old',
        effect: 'Allow',
        before: '/Statement/0',
        after: null,
        elements: [{ element: 'Action', removed: ['s3:*'], added: [] }],
      },
    ],
    members: [{ path: '/Version', name: 'Version', change: 'added', after: '2012-10-17' }],
  },
});

test('a changed policy, statement by statement, in signs', () => {
  expect(text({ fields: [POLICY] })).toBe(`
~ bucket example-bucket (eu-west-1)
    ~ Policy
        ~ statement OnlyOurEndpoint: Deny
            - Condition StringNotEquals aws:SourceVpce: vpce-1
            + Condition StringNotEquals aws:SourceVpce: vpce-2, vpce-3
            ~ Condition Bool k: without values
        + statement 2: Allow
            + Principal AWS: arn:aws:iam::444455556666:role/etl
            + Action: s3:GetObject
        - statement Old: Allow
            - Action: s3:*
        + Version: 2012-10-17`);
});

test('lines fit the terminal, and go on behind their sign', () => {
  const drawn = text({ fields: [POLICY] }, narrow);
  expect(Math.max(...drawn.split('\n').map((line) => line.length))).toBeLessThanOrEqual(60);
  expect(drawn).toContain(`
            + Condition StringNotEquals aws:SourceVpce:
              vpce-2, vpce-3`);
});

test('fields: what was, and what is; what could not be read is neither', () => {
  const fields = [
    field('Owner.ID', { before: 'a', after: 'b' }),
    field('TagSet[team]', { change: 'added', after: { Key: 'team', Value: 'x' } }),
    field('Regions[eu-west-1]', { change: 'removed', before: 'eu-west-1' }),
    field('Rules', { change: 'reordered', before: [1, 2], after: [2, 1] }),
    field('Payer', {
      change: 'became-unreadable',
      before: 'x',
      unreadable: { after: { reason: 'AccessDenied' } },
    }),
    field('Grants', { change: 'became-readable', unreadable: { before: { reason: 'Throttled' } } }),
    field('AbacStatus', { unreadable: { before: { reason: 'a' }, after: { reason: 'b' } } }),
  ];
  expect(text({ fields })).toBe(`
~ bucket example-bucket (eu-west-1)
    - Owner.ID: a
    + Owner.ID: b
    + TagSet[team]: {"Key":"team","Value":"x"}
    - Regions[eu-west-1]
    ~ Rules: in another order
    ? Payer: could not be read any more: AccessDenied
    ? Grants: can be read now, not before: Throttled
    ? AbacStatus: could not be read: b, before a`);
});

test('of what is new only its policies are told, and what could not be read', () => {
  const fields = [
    field('Name', { change: 'added', after: 'example-bucket' }),
    field('Grants', { change: 'became-unreadable', unreadable: { after: { reason: 'AccessDenied' } } }),
    { ...POLICY, change: 'added' as const },
  ];
  const told = text({ change: 'added', fields });
  expect(told).toContain(
    '\n+ bucket example-bucket (eu-west-1)\n    ? Grants: could not be read: AccessDenied\n',
  );
  expect(told).toContain('    + Policy\n');
  expect(told).not.toMatch(/Name|Version/);
});

test('a resource that could not be looked at is not said to be gone', () => {
  const because = { step: 's3:ListBuckets', reason: 'AccessDenied', effect: 'buckets are unknown' };
  expect(text({ change: 'became-unreadable', because })).toBe(
    '\n? bucket example-bucket (eu-west-1): not known any more: organization: s3:ListBuckets: AccessDenied: buckets are unknown',
  );
  expect(text({ change: 'became-readable', because })).toContain(': known now, not before: ');
});

test('a gap is told by its step', () => {
  const fields = [
    field('reason', { change: 'added', after: 'AccessDenied' }),
    field('step', { change: 'added', after: 'kms:ListKeys' }),
  ];
  expect(text({ kind: 'coverage', id: '{…}', change: 'added', fields })).toBe(
    '\n+ gap: kms:ListKeys in eu-west-1: AccessDenied: every key of the Region is unknown',
  );
});

test('nothing of a value reaches the terminal but what can be read, and not all of a long one', () => {
  const odd = text({
    fields: [field('a\u001bb', { after: 'x\u001b[31m\u202e\u009b', before: 'y'.repeat(5_000) })],
  });
  expect(odd).toContain('"a\\u001bb": "x\\u001b[31m\\u202e\\u009b"');
  expect(odd).toContain('… (5000 characters)');
  expect(odd.length).toBeLessThan(1_000);
});

test('the frame: scans, accounts and the sum', () => {
  const scan = { id: '1', finishedAt: '', takenAt: '2026-11-21T02:00:00Z' };
  expect(renderCompared(scan, { ...scan, id: '2' }, plain)).toBe(
    'from scan 1 of 2026-11-21 02:00 UTC to scan 2 of 2026-11-21 02:00 UTC',
  );
  expect([renderAccount('', plain), renderAccount('111122223333', plain)]).toEqual([
    'the organization',
    'account 111122223333',
  ]);
  expect(renderChangesSummary(new Map())).toBe('nothing changed');
  expect(
    renderChangesSummary(
      new Map([
        ['became-unreadable', 2],
        ['changed', 1],
      ]),
    ),
  ).toBe('3 resources: 1 changed, 2 not known any more');
});

test('signs have colours on a terminal', () => {
  const style = styleOf(keptTerminal({ isInteractive: true, columns: 80 }));
  const [head, before, after] = renderChange(
    { ...bucket, fields: [field('x', { before: 1, after: 2 })] },
    style,
  ).split('\n');
  expect(head).toBe('\u001b[33m~ bucket example-bucket (eu-west-1)\u001b[0m');
  expect([before, after]).toEqual(['    \u001b[31m- x: 1\u001b[0m', '    \u001b[32m+ x: 2\u001b[0m']);
});
