import { snapshotsEqual } from '@denyscope/inventory';
import { type SnapshotLine } from '@denyscope/model';
import { type ScanRecord, type Store } from '@denyscope/store';
import { type World, demoWorld } from '@denyscope/worlds';
import { CommandError } from '../failure.ts';
import { type Lifetime } from '../lifetime.ts';
import { type Session, notice } from '../session.ts';
import { scanDemo } from './scan-demo.ts';

/** The scan of the demo organization, and whether it was there already. */
export interface LoadedDemo {
  readonly record: ScanRecord;
  readonly reused: boolean;
}

/**
 * Scans the demo organization, unless the last scan is just that.
 *
 * @throws CommandError where a server holds somebody's own scans
 */
export async function loadDemo(session: Session, store: Store, lifetime: Lifetime): Promise<LoadedDemo> {
  const world = demoWorld();
  const latest = await store.latestScan();
  if (latest?.source === 'demo' && (await holds(store, latest, world)))
    return { record: latest, reused: true };
  if (latest !== undefined && latest.source !== 'demo') announceOthers(session, latest);
  return { record: await scanDemo(session, { store, world }, lifetime), reused: false };
}

async function holds(store: Store, { id }: ScanRecord, world: World): Promise<boolean> {
  const { header, lines } = await store.readScan(id);
  const held: SnapshotLine[] = [];
  for await (const line of lines) held.push(line);
  return snapshotsEqual({ header, lines: inside(held) }, { header, lines: inside(world.lines) });
}

/**
 * What accounts hold. Of the accounts themselves a scan can say less than the world has: what only an account that was
 * never entered could tell.
 */
function inside(lines: readonly SnapshotLine[]): readonly SnapshotLine[] {
  return lines.filter(({ kind }) => kind !== 'account');
}

/** On a laptop the demo may come on top; the answers of a server are somebody's production. */
function announceOthers(session: Session, { id, source }: ScanRecord): void {
  if (session.place.kind === 'server') {
    throw new CommandError(
      'the database of DATABASE_URL holds scans that are no demo: unset it, or give the demo another one',
    );
  }
  notice(session, `the demo answers from now on; what was there before is --scan ${id} (${source})`);
}
