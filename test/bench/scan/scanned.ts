import { setTimeout as sleep } from 'node:timers/promises';
import { openQueue } from '@denyscope/queue';
import { beginScan } from '@denyscope/scheduler';
import { type RunProgress, type RunRecord, type Store } from '@denyscope/store';
import { startClock, type Clock, type Scanned } from './clock.ts';
import { type ServedAws } from './fake.ts';
import { type Holding } from './holding.ts';
import { figuresOf } from './process-figures.ts';
import { telling } from './progress.ts';

/** Who scans what, and where it goes. */
export interface Scanning {
  readonly store: Store;
  readonly queueUrl: string;
  readonly aws: ServedAws;
  /** Process ids of the workers. */
  readonly workers: readonly number[];
}

const POLL_MS = 100;

/** Begins a scan and waits until it can be asked. */
export async function scanned(scanning: Scanning, { signal }: Holding): Promise<Scanned> {
  const { aws, workers } = scanning;
  let latest: RunProgress | undefined;
  const clock = await startClock(aws, workers);
  const runId = await begin(scanning);
  return telling(aws, () => textOf(latest), untilEnd);

  async function untilEnd(): Promise<Scanned> {
    for (;;) {
      // A worker that died would leave the others to wait for its jobs to be another's.
      await Promise.all(workers.map(figuresOf));
      const run = await scanning.store.runState(runId);
      if (run !== undefined) {
        latest = run.progress;
        await mark(clock, run);
        if (run.status !== 'running') return resultOf(clock, run);
      }
      await sleep(POLL_MS, undefined, { signal });
    }
  }
}

function textOf(progress: RunProgress | undefined): string {
  if (progress?.listed !== true) return 'reading the organization';
  const read = readIn(progress);
  return `${read} accounts of ${read + progress.waiting}`;
}

async function begin({ store, queueUrl: url }: Scanning): Promise<number> {
  const queue = await openQueue({ url });
  try {
    return (await beginScan({ store, queue })).run.id;
  } finally {
    await queue.close();
  }
}

/** The organization is there a moment before its accounts are. */
async function mark(clock: Clock, { progress }: RunRecord): Promise<void> {
  if (!progress.listed || progress.waiting + readIn(progress) === 0) return;
  await clock.once('listed');
  if (progress.waiting === 0) await clock.once('read');
}

function readIn({ complete, partial, failed }: RunProgress): number {
  return complete + partial + failed;
}

async function resultOf(clock: Clock, run: RunRecord): Promise<Scanned> {
  const { complete, partial, failed } = run.progress;
  if (run.status !== 'published') throw new Error(`the scan is ${run.status}: ${run.reason ?? ''}`);
  if (partial + failed > 0)
    process.stderr.write(`  gaps: ${partial} accounts were read in part, ${failed} not at all\n`);
  return clock.end(complete + partial);
}
