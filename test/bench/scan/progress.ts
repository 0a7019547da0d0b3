import { type ServedAws } from './fake.ts';

const EVERY_MS = 15_000;

/** Writes now and then how far a scan is, to standard error, while some work lasts. */
export async function telling<T>(aws: ServedAws, how: () => string, work: () => Promise<T>): Promise<T> {
  const begun = performance.now();
  const { calls: before } = await aws.spent();
  const timer = setInterval(() => {
    void tell();
  }, EVERY_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }

  async function tell(): Promise<void> {
    // A fake that ended meanwhile is the work's own fault to find.
    const spent = await aws.spent().catch(() => undefined);
    if (spent === undefined) return;
    const seconds = ((performance.now() - begun) / 1000).toFixed(0);
    process.stderr.write(`  ${seconds} s: ${spent.calls - before} calls, ${how()}\n`);
  }
}
