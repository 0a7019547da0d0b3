import { z } from 'zod';
import { startChild } from './child.ts';
import { startClock, type Scanned } from './clock.ts';
import { type ServedAws } from './fake.ts';
import { type Holding } from './holding.ts';
import { telling } from './progress.ts';
import { environmentOf, HEAP_FLAGS, type Load } from './workers.ts';

const Ready = z.object({ at: z.literal('ready') });
const Listed = z.object({ at: z.literal('listed'), accounts: z.number() });
const Done = z.object({ at: z.literal('done') });

/** The same calls by the same code in one process that does as much at a time, without store and queue. */
export async function scannedBare(aws: ServedAws, load: Load, { hold, signal }: Holding): Promise<Scanned> {
  const environment = environmentOf(aws.url);
  const starting = startChild(new URL('bare-child.ts', import.meta.url), {
    argument: JSON.stringify(load),
    flags: HEAP_FLAGS,
    environment,
  });
  const child = await hold(Promise.resolve(starting), ({ end }) => end());
  await child.next(Ready, signal);
  const clock = await startClock(aws, [child.pid]);
  const whole = async (): Promise<Scanned> => {
    const [{ accounts }] = await Promise.all([
      child.next(Listed, signal).then(async (listed) => {
        await clock.once('listed');
        return listed;
      }),
      child.next(Done, signal).then(() => clock.once('read')),
      child.send({ begin: true }),
    ]);
    return clock.end(accounts);
  };
  return telling(aws, () => 'without store and queue', whole);
}
