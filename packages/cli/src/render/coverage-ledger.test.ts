import { type CoverageAnswer, type CoverageRow, type StatementRef } from '@denyscope/model';
import { run } from '../run.ts';
import { keptTerminal } from '../terminal.fixture.ts';
import { renderCoverage } from './coverage-ledger.ts';
import { coverageText } from './coverage.ts';
import { lockoutText } from './lockout.ts';
import { styleOf } from './style.ts';

const plain = styleOf(keptTerminal());
const statement: StatementRef = {
  document: 'arn:aws:organizations::111122223333:policy/o-1/service_control_policy/p-12345678',
  layer: 'scp',
  effect: 'Deny',
  sid: 'DenyS3Reads',
  path: '/Statement/0',
  attachedTo: 'ou-1',
};
const policies = {
  step: 's3:GetBucketPolicy',
  reason: 'AccessDenied',
  effect: 'who is named by the bucket policy is unknown',
  kind: 'bucket',
  field: 'Policy',
  count: 3,
  statement,
};
const row: CoverageRow = {
  accountId: '111122223333',
  name: 'Web',
  status: 'partial',
  coverage: 0.9996,
  counts: { seen: 9, absent: 2, unreadable: 3, skipped: 0 },
  gaps: [
    {
      step: 'kms:ListKeys',
      region: 'eu-west-1',
      reason: 'Throttled',
      effect: 'every key is unknown',
      count: 1,
    },
    policies,
  ],
  gapsLeftOut: 4,
};
const answer: CoverageAnswer = {
  scan: { id: '3', finishedAt: '2026-11-22T05:26:03.145Z' },
  organization: null,
  total: 1,
  next: null,
  accounts: [row],
};

/** What stands between the borders of a line. */
function cells(line: string): readonly string[] {
  const inner = line.split('│').map((cell) => cell.trim());
  return inner.filter((cell) => cell !== '' && !/^[├└]/.test(cell));
}

describe('the table of coverage', () => {
  test('has an account a line, what is missing with the statement that locked the scanner out, and no 100 % for it', () => {
    const [heading, ...lines] = renderCoverage(answer, plain).split('\n');
    expect(heading).toBe('scan 3 of 2026-11-22 05:26 UTC');
    expect(lines.filter((line) => !line.startsWith('┌')).map(cells)).toEqual([
      ['account', 'name', 'status', 'coverage', 'what is missing'],
      [],
      [
        '111122223333',
        'Web',
        'partial',
        '99.9 %',
        'kms:ListKeys (eu-west-1): Throttled: every key is unknown',
      ],
      [
        's3:GetBucketPolicy (3 buckets): AccessDenied: who is named by the bucket policy is unknown: locked out by scp p-12345678 statement DenyS3Reads',
      ],
      ['and 4 more gaps'],
      [],
      ['0 of 1 account read completely'],
    ]);
  });

  test('of one account has every read', () => {
    const reads = [
      {
        kind: 'buckets',
        field: null,
        step: 's3:ListBuckets',
        seen: 1,
        absent: 0,
        unreadable: 0,
        skipped: 0,
        reasons: {},
      },
      {
        kind: 'bucket',
        field: 'Policy',
        step: 's3:GetBucketPolicy',
        seen: 4,
        absent: 2,
        unreadable: 3,
        skipped: 0,
        reasons: { AccessDenied: 3 },
      },
    ];
    const text = renderCoverage({ ...answer, accounts: [{ ...row, reads }] }, plain);
    expect(text).toMatch(/│ buckets +│ list +│ s3:ListBuckets +│ 1 +│ 0 +│ 0 +│ 0 +│ +│/);
    expect(text).toMatch(/│ bucket +│ Policy +│ s3:GetBucketPolicy +│ 4 +│ 2 +│ 3 +│ 0 +│ AccessDenied 3 │/);
  });
});

test.each([
  [{ statement }, 'locked out by scp p-12345678 statement DenyS3Reads'],
  [{ statement: { ...statement, sid: null } }, 'locked out by scp p-12345678 statement /Statement/0'],
  [{ missingAllow: 'boundary' as const }, 'locked out, as the layer boundary does not allow the read'],
  [
    { suspect: 'arn:aws:s3:::b#policy' },
    'perhaps locked out by the bucket policy, which could not be read itself',
  ],
  [{}, ''],
])('what locked the scanner out: %j', (lockout, text) => {
  expect(lockoutText(lockout)).toBe(text);
});

test('a gap under an answer names account, step, effect and statement', () => {
  const { kind: _kind, field: _field, count: _count, ...gap } = policies;
  expect(coverageText({ complete: false, gaps: [{ ...gap, accountId: '111122223333' }] })).toEqual([
    'not everything could be read:',
    '  account 111122223333: s3:GetBucketPolicy: AccessDenied: who is named by the bucket policy is unknown: locked out by scp p-12345678 statement DenyS3Reads',
  ]);
});

describe('denyscope coverage', () => {
  test.each([
    [['coverage', '--help'], 0, 'Examples:'],
    [['coverage', '--account', 'web'], 2, 'expected the twelve digits of an account id'],
    [['coverage', '--data-dir', 'no-such-folder'], 1, 'there is no scan in `no-such-folder` yet'],
  ])('%j', async (args, status, text) => {
    const terminal = keptTerminal();
    expect(await run(args, terminal)).toBe(status);
    expect(terminal.said.out + terminal.said.err).toContain(text);
  });
});
