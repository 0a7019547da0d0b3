import { type StatementRef, type WhoCanAnswer } from '@denyscope/model';
import { keptTerminal } from '../terminal.fixture.ts';
import { renderImported } from './imported.ts';
import { styleOf } from './style.ts';
import { table } from './table.ts';
import { renderWhoCan } from './who-can.ts';

const plain = styleOf(keptTerminal());
const scan = { id: '3', finishedAt: '2026-11-22T05:26:03.145Z' };
const grant: StatementRef = {
  document: 'arn:aws:s3:::b#policy',
  layer: 'bucket-policy',
  effect: 'Allow',
  sid: 'Read',
  path: '/Statement/0',
  attachedTo: 'arn:aws:s3:::b',
};
const who: WhoCanAnswer = {
  bucket: 'b',
  accountId: '111122223333',
  access: 'read',
  actions: ['s3:GetObject'],
  scan,
  coverage: { complete: true, gaps: [] },
  total: 3,
  next: 'x',
  principals: [
    {
      principal: '444455556666',
      kind: 'account',
      accountId: '444455556666',
      relation: 'same-org',
      action: 's3:GetObject',
      verdict: 'conditional',
      keys: ['raw/*'],
      condition: true,
      conditionText: 'over TLS',
      grantedBy: [grant, grant],
    },
  ],
};

describe('the answer of who-can', () => {
  test('is a row for each principal and action, and says how many there are', () => {
    expect(`\n${renderWhoCan(who, plain)}`).toBe(`
b of account 111122223333: read (s3:GetObject), scan 3 of 2026-11-22 05:26 UTC
┌───────────────────────────────┬─────────┬──────────┬──────────────┬─────────────┬──────────────────────┬───────────────────────┐
│ principal                     │ kind    │ relation │ action       │ verdict     │ condition            │ granted by            │
├───────────────────────────────┼─────────┼──────────┼──────────────┼─────────────┼──────────────────────┼───────────────────────┤
│ 444455556666 (somebody of it) │ account │ same-org │ s3:GetObject │ conditional │ over TLS; keys raw/* │ Read of bucket policy │
└───────────────────────────────┴─────────┴──────────┴──────────────┴─────────────┴──────────────────────┴───────────────────────┘
1 of 3 rows: --limit shows more`);
  });

  test('names a multipart upload beside the upload in one part', () => {
    const puts = who.principals.map((row) => ({ ...row, action: 's3:PutObject' }));
    const multipart = puts.map((row) => ({ ...row, operation: 'multipart' as const }));
    const text = renderWhoCan({ ...who, principals: [...puts, ...multipart] }, plain);
    expect(text.match(/somebody of it/g)).toHaveLength(1);
    expect(text).toContain('s3:PutObject (multipart)');
  });

  test('without rows says so, and what could not be read', () => {
    const gap = { step: 's3:ListBuckets', accountId: '1', reason: 'AccessDenied', effect: 'unknown' };
    const text = renderWhoCan(
      { ...who, total: 0, principals: [], coverage: { complete: false, gaps: [gap] } },
      plain,
    );
    expect(text.split('\n').slice(1)).toEqual([
      'nobody, as far as could be read',
      '0 rows',
      'not everything could be read:',
      '  account 1: s3:ListBuckets: AccessDenied: unknown',
    ]);
  });
});

test('an import tells its scan, its resources by kind, and what is not read', () => {
  const record = {
    id: '1',
    source: 'aws' as const,
    status: 'complete' as const,
    startedAt: '',
    finishedAt: '',
  };
  const numbers = {
    takenAt: '2026-11-21T02:00:00Z',
    counts: { bucket: 60, account: 1 },
    opened: 61,
    closed: 0,
    documents: 1,
  };
  const notes = [{ line: 4, path: '/kind', message: 'the unknown kind `x`, kept and not read' }];
  expect(renderImported({ ...record, ...numbers, notes }, plain).split('\n')).toEqual([
    'scan 1: 61 resources from a snapshot (aws) of 2026-11-21 02:00 UTC',
    '   1 account',
    '  60 bucket',
    'since the scan before: 61 new or different, 0 gone; 1 new policy document',
    'note: line 4: /kind: the unknown kind `x`, kept and not read',
  ]);
});

describe('a table', () => {
  const rows = [['arn:aws:iam::111122223333:role/with-a-very-long-name-indeed', 'x']];
  const widthOf = (text: string): number => Math.max(...text.split('\n').map((line) => line.length));

  test('is as wide as it needs where there is no terminal', () => {
    expect(widthOf(table(['who', 'y'], rows, plain))).toBe(67);
  });

  test('fits the terminal', () => {
    const narrow = { ...plain, width: 40 };
    const text = table(['who', 'y'], rows, narrow);
    expect(widthOf(text)).toBeLessThanOrEqual(40);
    expect(text.replaceAll(/[^\w:/-]/g, '')).toContain('role/xwith-a-very-long-name-indeed');
  });
});

describe('colours', () => {
  const onTerminal = { isInteractive: true, columns: 80 };
  test.each([
    ['are on a terminal', onTerminal, true],
    ['are nowhere else', {}, false],
    ['are not where NO_COLOR says so', { ...onTerminal, environment: { NO_COLOR: '1' } }, false],
    ['are not on a dumb terminal', { ...onTerminal, environment: { TERM: 'dumb' } }, false],
  ])('%s', (_, given, coloured) => {
    expect(styleOf(keptTerminal(given)).verdict('denied').paint('denied').includes('\u001b[31m')).toBe(
      coloured,
    );
  });
});
