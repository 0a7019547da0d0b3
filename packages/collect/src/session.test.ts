import { sharedSession, type AccountCredentials } from './session.ts';

const minutes = (count: number): Date => new Date(Date.now() + count * 60_000);

function counted(expiration?: Date): { fetches: () => number; fetch: () => Promise<AccountCredentials> } {
  let fetches = 0;
  return {
    fetches: () => fetches,
    fetch: async () => {
      fetches += 1;
      await Promise.resolve();
      return { accessKeyId: `key ${fetches}`, secretAccessKey: 's', ...(expiration && { expiration }) };
    },
  };
}

test('twenty clients that come at once share one fetch', async () => {
  const { fetch, fetches } = counted(minutes(60));
  const session = sharedSession(fetch);
  await Promise.all(Array.from({ length: 20 }, () => session.credentials()));
  await session.credentials();
  expect(fetches()).toBe(1);
});

test('credentials without an end are kept', async () => {
  const { fetch, fetches } = counted();
  const session = sharedSession(fetch);
  await session.credentials();
  await session.credentials();
  expect(fetches()).toBe(1);
});

test('credentials are fetched anew five minutes before they end', async () => {
  const { fetch, fetches } = counted(minutes(60));
  const session = sharedSession(fetch);
  await session.credentials();
  jest.useFakeTimers({ now: Date.now() + 54 * 60_000 });
  await session.credentials();
  expect(fetches()).toBe(1);
  jest.setSystemTime(Date.now() + 2 * 60_000);
  await session.credentials();
  jest.useRealTimers();
  expect(fetches()).toBe(2);
});

test('credentials that end within five minutes are used for half of their time', async () => {
  const { fetch, fetches } = counted(minutes(4));
  const session = sharedSession(fetch);
  await session.credentials();
  await session.credentials();
  expect(fetches()).toBe(1);
});

test('ten calls that find the same credentials expired renew them once', async () => {
  const { fetch, fetches } = counted(minutes(60));
  const session = sharedSession(fetch);
  await session.credentials();
  const stale = session.generation();
  const renewed = Array.from({ length: 10 }, () => {
    session.renew(stale);
    return session.credentials();
  });
  expect((await Promise.all(renewed)).map(({ accessKeyId }) => accessKeyId)).toEqual(Array(10).fill('key 2'));
  expect(fetches()).toBe(2);
});

test('a fetch that failed is tried again by the next caller', async () => {
  let fails = true;
  const session = sharedSession(async () => {
    await Promise.resolve();
    if (fails) throw new Error('denied');
    return { accessKeyId: 'key', secretAccessKey: 's' };
  });
  await expect(session.credentials()).rejects.toThrow('denied');
  fails = false;
  await expect(session.credentials()).resolves.toMatchObject({ accessKeyId: 'key' });
});
