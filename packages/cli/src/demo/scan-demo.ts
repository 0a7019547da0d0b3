import { type ScanRecord, type Store } from '@denyscope/store';
import { type World } from '@denyscope/worlds';
import { CommandError } from '../failure.ts';
import { type Lifetime } from '../lifetime.ts';
import { holdWorker, published, startRun } from '../scanning/live-scan.ts';
import { runProgress } from '../scanning/run-progress.ts';
import { type Session } from '../session.ts';
import { holdQueueUrl } from '../store.ts';

/** What the demo scans, and where it keeps it. */
export interface DemoScan {
  readonly store: Store;
  readonly world: World;
}

/** The account that the scanner's credentials belong to. */
const SCANNER_ACCOUNT = '222233334444';
const ROLE_NAME = 'DenyscopeScanner';
const CONCURRENCY = 6;

/** Scans the organization over HTTP, as `denyscope scan` does, from a server in AWS's place in this process. */
export async function scanDemo(
  session: Session,
  { store, world }: DemoScan,
  lifetime: Lifetime,
): Promise<ScanRecord> {
  const { SCANNER_ACCESS_KEY_ID, startFakeAws } = await import('@denyscope/fake-aws');
  const { snapshotHeader } = await import('@denyscope/collect');
  const aws = await lifetime.hold(startFakeAws({ snapshot: world, scannerAccountId: SCANNER_ACCOUNT }));
  const queueUrl = await holdQueueUrl(session, lifetime);
  // Its time is the world's, so that the demo tells the same on every day.
  const header = snapshotHeader(world.header.takenAt, 'demo');
  const { run } = await startRun({ store, queueUrl, header }, lifetime);
  const access = {
    source: 'demo' as const,
    roleName: ROLE_NAME,
    endpoint: aws.url,
    credentials: { accessKeyId: SCANNER_ACCESS_KEY_ID, secretAccessKey: 'any' },
  };
  const worker = await holdWorker(
    session,
    { store, queueUrl, aws: access, concurrency: CONCURRENCY },
    lifetime,
  );
  // The worker of another command would look for these accounts in AWS.
  const cancel = async (): Promise<void> => void (await store.cancelRun(run.id));
  await lifetime.hold(Promise.resolve({ close: cancel }));
  const done = await watched(session, store, run);
  await worker.close();
  await aws.close();
  return done;
}

async function watched(
  session: Session,
  store: Store,
  run: Parameters<typeof published>[1],
): Promise<ScanRecord> {
  // It takes a few seconds: worth a bar, but no lines.
  const progress = session.terminal.progress === undefined ? undefined : runProgress(session.terminal);
  try {
    const { scanId } = await published(store, run, (state) => progress?.show(state));
    const scan = scanId === undefined ? undefined : await store.scan(scanId);
    if (scan === undefined) throw new CommandError('the scan is no longer in the database');
    return scan;
  } finally {
    progress?.stop();
  }
}
