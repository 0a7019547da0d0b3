import { coverageLine, finishLine } from './line.ts';

const bucket = { kind: 'bucket', accountId: '111122223333', region: 'eu-west-1' };

test('a line that fits comes out as it is, without what is empty', () => {
  const data = { Name: 'example-logs', Payer: 'Requester' };
  expect(finishLine({ ...bucket, data, unreadable: [] })).toEqual({ line: { ...bucket, data } });
});

test('fields that do not fit AWS’s shape become unreadable, never absent', () => {
  const data = { Name: 'example-logs', Payer: 7, Grants: [{ Permission: [] }], TagSet: [] };
  expect(finishLine({ ...bucket, data })).toEqual({
    line: {
      ...bucket,
      data: { Name: 'example-logs', TagSet: [] },
      unreadable: [
        {
          field: 'Grants',
          reason: 'InvalidResponse',
          message: '/data/Grants/0/Permission: expected string, received array',
        },
        {
          field: 'Payer',
          reason: 'InvalidResponse',
          message: '/data/Payer: expected string, received number',
        },
      ],
    },
  });
});

test.each([[{ Payer: 'Requester' }], [{ Name: 7 }]])('a line without its identity is a fault: %j', (data) => {
  expect(finishLine({ ...bucket, data })).toMatchObject({ fault: { path: '/data/Name' } });
});

test('a coverage line says what failed, where and why, and nothing that is empty', () => {
  const gap = { step: 'kms:ListKeys', accountId: '111122223333', region: 'eu-west-1', reason: 'R' } as const;
  expect(coverageLine({ ...gap, message: 'why' })).toEqual({
    kind: 'coverage',
    accountId: '111122223333',
    region: 'eu-west-1',
    data: { step: 'kms:ListKeys', reason: 'R', message: 'why' },
  });
  expect(coverageLine({ step: 'organizations:ListRoots', reason: 'R', message: '' })).toEqual({
    kind: 'coverage',
    data: { step: 'organizations:ListRoots', reason: 'R' },
  });
});
