import { ACCOUNT, given, HEADER, OTHER_ACCOUNT } from '../given.fixture.ts';
import { coveragePage, openLedger, parseSnapshot, type Ledger, type LedgerRow } from '../index.ts';

const REGION = 'eu-west-1';
const COLLECTED = {
  account: ['ParentId', 'Tags'],
  'iam-user': ['UserPolicyList', 'GroupList', 'AttachedManagedPolicies', 'PermissionsBoundary', 'Tags'],
  'iam-role': [
    'AssumeRolePolicyDocument',
    'RolePolicyList',
    'AttachedManagedPolicies',
    'PermissionsBoundary',
    'Tags',
  ],
  'account-public-access-block': ['PublicAccessBlockConfiguration'],
  bucket: [
    'Policy',
    'PublicAccessBlockConfiguration',
    'OwnershipControls',
    'Grants',
    'ServerSideEncryptionConfiguration',
    'Payer',
    'ObjectLockConfiguration',
    'AbacStatus',
    'TagSet',
  ],
  'access-point': ['Policy', 'PublicAccessBlockConfiguration', 'Tags'],
  'kms-key': ['Policy', 'Grants', 'Aliases', 'Tags'],
  'vpc-endpoint': ['PolicyDocument'],
};

const account = (data: object = {}, Id = ACCOUNT) => given('account', { Id, ...data }, { accountId: Id });
const block = given('account-public-access-block', {});
const bucket = (Name: string, more: object = {}) => given('bucket', { Name }, { region: REGION, ...more });
const key = (id: string, more: object = {}) => {
  const KeyMetadata = { KeyId: id, Arn: `arn:aws:kms:${REGION}:${ACCOUNT}:key/${id}` };
  return given('kms-key', { KeyMetadata }, { region: REGION, ...more });
};
const gap = (step: string, more: object = {}, reason = 'AccessDenied') =>
  given('coverage', { step, reason, message: 'no' }, more);
const refused = (field: string, more: object = {}) => ({ field, reason: 'AccessDenied', ...more });

function ledgerOf(lines: readonly object[], collected: object = COLLECTED): Ledger {
  const { header, lines: read } = parseSnapshot([{ ...HEADER, collected }, ...lines]);
  const ledger = openLedger(header);
  for (const line of read) ledger.add(line);
  return ledger.close();
}

function rowOf(lines: readonly object[], collected?: object): LedgerRow {
  const row = ledgerOf(lines, collected).accounts.find(({ accountId }) => accountId === ACCOUNT);
  if (!row) throw new Error('the account has no row');
  return row;
}

/** The areas that the account of these tests has: six that every account has, and its own line. */
const AREAS = 7;
const WHOLE = [account(), block, bucket('one')];
const numberOf = (lines: readonly object[]): number => rowOf(lines).coverage;
const down = (share: number): number => Math.floor(share * 10_000) / 10_000;

describe('the number of an account', () => {
  test('is 1 where every read was answered, be it by "nothing configured"', () => {
    const row = rowOf(WHOLE);
    expect(row).toMatchObject({ status: 'complete', coverage: 1, gaps: [], gapsLeftOut: 0 });
    expect(row.counts).toMatchObject({ unreadable: 0, skipped: 0 });
    expect(row.reads).toContainEqual(
      expect.objectContaining({ kind: 'bucket', field: 'Policy', absent: 1, step: 's3:GetBucketPolicy' }),
    );
  });

  test('loses a field’s part of its area, and the area weighs as much as any other', () => {
    const lines = [...WHOLE, bucket('two', { unreadable: [refused('Policy')] })];
    expect(numberOf(lines)).toBe(down((AREAS - 1 + 17 / 18) / AREAS));
    expect(rowOf(lines)).toMatchObject({ status: 'partial', counts: { unreadable: 1 } });
  });

  test('loses an area whole where its list failed, however much was read of it elsewhere', () => {
    const many = Array.from({ length: 50 }, (_, at) => bucket(`bucket-${at}`));
    expect(numberOf([...WHOLE, ...many, gap('s3:ListBuckets')])).toBe(down((AREAS - 1) / AREAS));
    expect(numberOf([...WHOLE, ...many, gap('iam:GetAccountAuthorizationDetails')])).toBe(
      down((AREAS - 1) / AREAS),
    );
  });

  test('loses a Region’s part where the list of one Region failed', () => {
    const here = account({ EnabledRegions: [REGION, 'eu-north-1', 'us-east-1', 'us-west-2'] });
    const lines = [here, block, bucket('one')];
    expect(numberOf([...lines, gap('kms:ListKeys', { region: 'us-east-1' })])).toBe(
      down((AREAS - 1 + 3 / 4) / AREAS),
    );
    expect(numberOf([...lines, gap('kms:ListKeys')])).toBe(down((AREAS - 1) / AREAS));
  });

  test('loses every list of a Region that was left out, which is skipped and not refused', () => {
    const here = account({ EnabledRegions: [REGION, 'us-east-1'] });
    const row = rowOf([here, block, bucket('one'), gap('scan:Region', { region: 'us-east-1' }, 'Excluded')]);
    expect(row.coverage).toBe(down((AREAS - 3 + 3 / 2) / AREAS));
    expect(row.reads).toContainEqual(
      expect.objectContaining({ step: 'kms:ListKeys', seen: 1, skipped: 1, reasons: { Excluded: 1 } }),
    );
    expect(row.counts.unreadable).toBe(0);
  });

  test('counts a step that only tells more as one answer', () => {
    const aliases = gap('kms:ListAliases', { region: REGION });
    expect(numberOf([...WHOLE, aliases])).toBe(down((AREAS - 1) / AREAS));
    const keys = [key('a'), key('b')];
    expect(numberOf([...WHOLE, ...keys, aliases])).toBe(down((AREAS - 1 + 8 / 9) / AREAS));
  });

  test('is never 1 where something is missing, however little', () => {
    const many = Array.from({ length: 3000 }, (_, at) => bucket(`bucket-${at}`));
    const row = rowOf([...WHOLE, ...many, bucket('last', { unreadable: [refused('Payer')] })]);
    expect(row.coverage).toBeLessThan(1);
    expect(row.status).toBe('partial');
  });

  test('misses what a layer reads and nobody asked for', () => {
    const collected = { ...COLLECTED, bucket: ['Policy'] };
    const row = rowOf(WHOLE, collected);
    expect(row.coverage).toBe(down((AREAS - 1 + 1 / 9) / AREAS));
    expect(row.gaps).toContainEqual(
      expect.objectContaining({ kind: 'bucket', field: 'Payer', reason: 'NotCollected', count: 1 }),
    );
    expect(rowOf([block], {}).coverage).toBeLessThan(0.5);
  });

  test('loses a share for a step that this release does not know', () => {
    expect(numberOf([...WHOLE, gap('s3:ListSomethingNew')])).toBe(down(AREAS / (AREAS + 1)));
  });

  test('suffers from a gap that names no account', () => {
    const everywhere = { ...gap('s3:ListBuckets'), accountId: undefined };
    expect(numberOf([...WHOLE, JSON.parse(JSON.stringify(everywhere))])).toBe(down((AREAS - 1) / AREAS));
  });
});

describe('the status of an account', () => {
  test.each([
    ['failed', account(), [gap('sts:AssumeRole')], 'AccessDenied'],
    ['excluded', account(), [gap('sts:AssumeRole', {}, 'Excluded')], 'Excluded'],
    ['suspended', account({ State: 'SUSPENDED' }), [], 'Suspended'],
    ['failed', account({ State: 'ACTIVE' }), [], 'NotCollected'],
  ])('%s: nothing is known, and its row says why', (status, line, gaps, reason) => {
    const row = rowOf([line, ...gaps]);
    expect(row).toMatchObject({ status, coverage: 0 });
    expect(row.gaps).toEqual([expect.objectContaining({ step: 'sts:AssumeRole', reason, count: 1 })]);
    const { seen, absent, unreadable, skipped } = row.counts;
    expect([seen, absent, unreadable + skipped]).toEqual([0, 0, 6]);
  });

  test('every account that Organizations lists has a row, and so has one that is only named', () => {
    const { accounts, organization } = ledgerOf([
      account({}, OTHER_ACCOUNT),
      block,
      { kind: 'organization', data: { Id: 'o-1' } },
      { kind: 'coverage', data: { step: 'organizations:ListPolicies', reason: 'AccessDenied' } },
    ]);
    expect(accounts.map(({ accountId }) => accountId)).toEqual([ACCOUNT, OTHER_ACCOUNT]);
    expect(organization).toMatchObject({ accountId: null, status: 'partial' });
    expect(organization?.gaps[0]).toMatchObject({ step: 'organizations:ListPolicies' });
    expect(ledgerOf([block]).organization).toBeUndefined();
  });
});

describe('what is missing', () => {
  const statement = {
    document: 'p-1',
    layer: 'scp',
    effect: 'Deny',
    sid: 'No',
    path: '/Statement/0',
    attachedTo: 'r-1',
  };

  test('is said once for the same reason, the heaviest first, with what locked the scanner out', () => {
    const row = rowOf([
      ...WHOLE,
      bucket('two', { unreadable: [refused('Policy', { statement, message: 'one' }), refused('Payer')] }),
      bucket('three', { unreadable: [refused('Policy', { statement, message: 'other' })] }),
      bucket('four', { unreadable: [refused('Policy', { suspect: 'x#policy' })] }),
      gap('kms:ListKeys', { region: REGION }),
      gap('kms:ListKeys', { region: 'us-east-1' }),
    ]);
    expect(row.gaps).toMatchObject([
      { step: 'kms:ListKeys', count: 2, effect: 'every key of the Region is unknown' },
      { step: 's3:GetBucketPolicy', field: 'Policy', count: 2, statement, message: 'one' },
      { step: 's3:GetBucketPolicy', field: 'Policy', count: 1, suspect: 'x#policy' },
      { step: 's3:GetBucketRequestPayment', field: 'Payer', count: 1 },
    ]);
    expect(row.gaps[0]).not.toHaveProperty('region');
    expect(row.unreadableResources).toEqual([
      { kind: 'bucket', reason: 'AccessDenied', isByScp: true, count: 2 },
      { kind: 'bucket', reason: 'AccessDenied', isByScp: false, count: 2 },
    ]);
  });

  test('is bounded, and says how much is left out', () => {
    const many = Array.from({ length: 300 }, (_, at) =>
      bucket(`bucket-${at}`, { unreadable: [refused('Policy', { suspect: `b-${at}#policy` })] }),
    );
    const row = rowOf([...WHOLE, ...many]);
    expect(row.gaps.length + row.gapsLeftOut).toBe(300);
    expect(row.gaps.length).toBeLessThan(300);
  });
});

describe('a page of it', () => {
  const scan = { id: '1', finishedAt: '2026-11-22T02:00:00Z' };
  const ledger = ledgerOf([account(), account({}, OTHER_ACCOUNT), block]);

  test('goes on behind its cursor, and one account comes with its reads', () => {
    const first = coveragePage(ledger, { limit: 1 }, scan);
    if (!first.ok) throw new Error(first.problem.message);
    expect(first.answer).toMatchObject({ total: 2, accounts: [{ accountId: ACCOUNT }] });
    expect(first.answer.accounts[0]).not.toHaveProperty('reads');
    const second = coveragePage(ledger, { limit: 1, cursor: first.answer.next ?? '' }, scan);
    expect(second).toMatchObject({ answer: { next: null, accounts: [{ accountId: OTHER_ACCOUNT }] } });
    const one = coveragePage(ledger, { account: OTHER_ACCOUNT }, scan);
    expect(one).toMatchObject({
      answer: { accounts: [{ reads: [{ field: null, skipped: 1 }, {}, {}, {}, {}, {}] }] },
    });
  });

  test.each([
    [{ account: '999999999999' }, 'not-found'],
    [{ cursor: 'bogus' }, 'invalid'],
  ])('%j is answered by a problem', (query, code) => {
    expect(coveragePage(ledger, query, scan)).toMatchObject({ ok: false, problem: { code } });
  });
});
