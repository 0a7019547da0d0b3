import { PRESETS, type WorldOptions } from '@denyscope/worlds';
import { type Row } from '../row.ts';
import { scannedBare } from './bare.ts';
import { build } from './build.ts';
import { type Scanned } from './clock.ts';
import { serveAws, type ServedAws } from './fake.ts';
import { type ScanFlags } from './flags.ts';
import { onGround, startServers, type Ground, type Servers } from './ground.ts';
import { type Holding, untilStopped, whileHolding } from './holding.ts';
import { growthOf, relationSizes, totalOf } from './relation-sizes.ts';
import { type Load } from './workers.ts';
import { againRows, largeRows, scanRows, type Again } from './scan-rows.ts';

/** Scans of a generated organization by built workers, against the same calls without store and queue. */
export async function measureScan(flags: ScanFlags): Promise<readonly Row[]> {
  return untilStopped((signal) =>
    whileHolding(signal, async (holding) => {
      say('building');
      await build(signal);
      const servers = await startServers(holding);
      const rows = await organizationRows(flags, servers, signal);
      return flags.without.includes('large')
        ? rows
        : [...rows, ...(await largeAccountRows(flags, servers, signal))];
    }),
  );
}

/** Nothing odd, so that nothing is unreadable; management account first, so that one account is an organization. */
function worldOf(sizes: Partial<WorldOptions>): WorldOptions {
  return { ...PRESETS.medium, oddity: 0, ...sizes };
}

async function organizationRows(
  flags: ScanFlags,
  servers: Servers,
  signal: AbortSignal,
): Promise<readonly Row[]> {
  const { accounts, buckets, principals, latency } = flags;
  const world = worldOf({ accounts, bucketsPerAccount: buckets, principalsPerAccount: principals });
  return whileHolding(signal, async (holding) => {
    say(`serving ${accounts} accounts`);
    const aws = await serveAws({ world, latency }, holding);
    const bare = flags.without.includes('bare') ? undefined : await bareScan(aws, flags, holding);
    const scans = new Map<number, Scanned>();
    let again: Again | undefined;
    for (const workers of flags.workers) {
      say(`scanning with ${workers} ${workers === 1 ? 'worker' : 'workers'}`);
      const isRepeated = scans.size === 0 && !flags.without.includes('again');
      const scan = await onGround({ servers, aws, workers, load: flags, signal }, async (ground) => {
        const first = await ground.scan();
        if (isRepeated) again = await scannedAgain(ground, first);
        return first;
      });
      scans.set(workers, scan);
    }
    return [...scanRows({ flags, scans, bare }), ...(again ? againRows(again) : [])];
  });
}

async function bareScan(aws: ServedAws, load: Load, holding: Holding): Promise<Scanned> {
  say('the same calls without store and queue');
  return scannedBare(aws, { concurrency: load.concurrency, inFlight: load.inFlight }, holding);
}

/** Another scan of the same organization, on the same database, and what the database takes before and after it. */
async function scannedAgain({ databaseUrl, scan }: Ground, first: Scanned): Promise<Again> {
  const before = await relationSizes(databaseUrl);
  say(`  on disk: ${growthOf(new Map(), before)}`);
  say('scanning again, nothing changed');
  const second = await scan();
  const after = await relationSizes(databaseUrl);
  say(`  more on disk: ${growthOf(before, after)}`);
  return { first, second, before: totalOf(before), after: totalOf(after) };
}

/** One in five principals is a user, so that more than 5,000 are roles. */
const LARGE = { accounts: 1, bucketsPerAccount: 1000, principalsPerAccount: 6_400 };

async function largeAccountRows(
  flags: ScanFlags,
  servers: Servers,
  signal: AbortSignal,
): Promise<readonly Row[]> {
  return whileHolding(signal, async (holding) => {
    say('one account of 1,000 buckets and 5,000 roles');
    const aws = await serveAws({ world: worldOf(LARGE), latency: flags.latency }, holding);
    const scan = await onGround({ servers, aws, workers: 1, load: flags, signal }, (ground) => ground.scan());
    return largeRows(aws.counts, scan);
  });
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
