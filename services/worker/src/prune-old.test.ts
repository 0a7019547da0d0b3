import { createLogger } from '@denyscope/ops';
import { type Retention, StoreError } from '@denyscope/store';
import { pruneOld } from './prune-old.ts';

const logger = createLogger({ level: 'silent', name: 'worker' });
const retention: Retention = { keepDays: 30, keepScans: 2 };

test('a publication prunes by the retention', async () => {
  const asked: Retention[] = [];
  const pruneScans = async (given: Retention) => {
    asked.push(given);
    return { scans: [1], facts: 2, documents: 3 };
  };
  await pruneOld({ store: { pruneScans }, logger, retention });
  expect(asked).toEqual([retention]);
});

test('a worker without a retention keeps everything', async () => {
  const pruneScans = () => Promise.reject(new Error('nobody asked for this'));
  await expect(pruneOld({ store: { pruneScans }, logger, retention: undefined })).resolves.toBeUndefined();
});

test('a store that cannot prune now does not spoil the publication', async () => {
  const pruneScans = () => Promise.reject(new StoreError('disk-full', 'no room'));
  await expect(pruneOld({ store: { pruneScans }, logger, retention })).resolves.toBeUndefined();
});
