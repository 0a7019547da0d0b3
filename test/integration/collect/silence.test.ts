import { sharedHttpHandler } from '@denyscope/collect';
import { startFakeAws } from '@denyscope/fake-aws';
import { PRESETS, generateWorld } from '@denyscope/worlds';
import { scanAll } from './scan.ts';

test('a service that hangs costs an account some calls, and not all of them', async () => {
  const world = generateWorld({ ...PRESETS.tiny, accounts: 2, bucketsPerAccount: 12, oddity: 0 });
  const aws = await startFakeAws({ snapshot: world, faults: [{ kind: 'hang', on: 's3:GetBucket*' }] });
  const handler = sharedHttpHandler({ requestTimeoutMs: 500 });
  const lines = await scanAll(aws, { handler, maxAttempts: 1, concurrency: 4 });
  handler.destroy();
  const hanging = aws.calls().filter(({ outcome }) => outcome === 'hang');
  await aws.close();
  const buckets = lines.filter(({ kind }) => kind === 'bucket');
  expect(buckets.length).toBeGreaterThan(5);
  for (const { unreadable = [] } of buckets) {
    expect(unreadable.find(({ field }) => field === 'Policy')).toMatchObject({ reason: 'Timeout' });
  }
  // Five of each account and Region, and those that were in hand with them.
  const places = new Set(hanging.map(({ accountId, region }) => `${accountId} ${region}`)).size;
  expect(hanging.length).toBeLessThanOrEqual(9 * places);
}, 60_000);
