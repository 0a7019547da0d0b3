import { randomBytes } from 'node:crypto';
import { type Fault, type FakeAws, type FakeAwsOptions, startFakeAws } from '@denyscope/fake-aws';
import { type SnapshotLine } from '@denyscope/model';
import { createLogger } from '@denyscope/ops';
import { type RunRecord, type ScanRecord, openStore } from '@denyscope/store';
import { PRESETS, type WorldOptions, generateWorld } from '@denyscope/worlds';
import { type Worker } from '@denyscope/worker';
import { differences } from '../integration/collect/scan.ts';
import { type WorkerSettings, accessTo, begin, ended, linesOf, until, workerOn } from './live-scan.ts';
import { type ProcessGround, type ServiceKind, type ServiceProcess, serviceProcess } from './scan-process.ts';

/** Where the store and the queue of a test are. */
export interface Servers {
  readonly databaseUrl: string;
  readonly queueUrl: string;
}

/** A small organization that is scanned while something goes wrong, and was scanned once before. */
export interface FaultGround extends ProcessGround {
  readonly aws: FakeAws;
  /** What is served, the header aside. */
  readonly lines: readonly SnapshotLine[];
  /** Serves another organization from now on. */
  readonly turnInto: (lines: readonly SnapshotLine[]) => void;
  /** The scan that answers until the one that was begun last does. */
  readonly before: () => ScanRecord | undefined;
  /** Begins a scan; gives the run's id. */
  readonly begin: () => Promise<number>;
  /** What the workers of this process logged, a line each. */
  readonly log: readonly string[];
  /** A worker in this process. */
  readonly work: (settings?: WorkerSettings, access?: object) => Promise<Worker>;
  /** A worker in a process of its own, or another service. */
  readonly spawn: (kind?: ServiceKind) => Promise<ServiceProcess>;
  readonly close: () => Promise<void>;
}

/** So long an answer of AWS takes, so that a scan is long enough to be disturbed. */
const LATENCY: Fault = { kind: 'latency', milliseconds: 40 };

/** An organization that is scanned in a second or two. */
export const SMALL: WorldOptions = {
  ...PRESETS.tiny,
  accounts: 4,
  oddity: 0,
  regions: ['eu-west-1'],
};

export async function faultGround(
  { databaseUrl, queueUrl }: Servers,
  { snapshot = generateWorld(SMALL), faults = [], ...serving }: Partial<FakeAwsOptions> = {},
): Promise<FaultGround> {
  const store = await openStore({ databaseUrl });
  let lines = [...snapshot.lines];
  let before: ScanRecord | undefined = await store.importSnapshot(
    { ...snapshot.header, source: 'demo' },
    some(lines),
  );
  const aws = await startFakeAws({
    ...serving,
    snapshot: { ...snapshot, lines },
    faults: [LATENCY, ...faults],
  });
  const queuePrefix = `denyscope-test-${randomBytes(6).toString('hex')}`;
  const ground = { store, queueUrl, queuePrefix, databaseUrl };
  const log: string[] = [];
  const destination = { write: (line: string) => void log.push(line) };
  const opened: { readonly close: () => Promise<void> }[] = [];
  return {
    ...ground,
    aws,
    get lines() {
      return lines;
    },
    turnInto: (changed) => {
      lines = [...changed];
      aws.turnInto({ ...snapshot, lines });
    },
    before: () => before,
    begin: async () => {
      before = await store.latestScan();
      return begin(ground);
    },
    log,
    work: async (settings = {}, access = {}) => {
      const logger = createLogger({ level: 'info', name: 'worker', destination });
      const worker = await workerOn(ground, { ...accessTo(aws), ...access }, { logger, ...settings });
      opened.push(worker);
      return worker;
    },
    spawn: async (kind = 'worker') => {
      const process = await serviceProcess(kind, ground, aws);
      opened.push({ close: () => process.end('SIGKILL') });
      return process;
    },
    close: async () => {
      await Promise.all(opened.map((one) => one.close()));
      await aws.close();
      await store.close();
    },
  };
}

/** What the scan before had seen: most of what there is. */
async function* some(lines: readonly SnapshotLine[]): AsyncGenerator<SnapshotLine> {
  yield* lines.slice(0, -5);
}

/** Begins a scan, and waits until it is under way, with something read and something not. */
export async function midScan(ground: FaultGround): Promise<number> {
  const runId = await ground.begin();
  await until(ground.store, runId, {
    reached: ({ progress: { waiting, complete, partial } }) => waiting > 0 && complete + partial > 0,
  });
  await expectBefore(ground, runId);
  return runId;
}

/** Until a scan is published, the one before is what answers. */
export async function expectBefore({ store, before }: FaultGround, runId: number): Promise<void> {
  const latest = await store.latestScan();
  const run = await store.runState(runId);
  if (run?.status === 'running') expect(latest).toEqual(before());
}

/** The scan is published, and is what was served: whole, each account once, but for differences that are expected. */
export async function expectWhole(ground: FaultGround, runId: number, expected = /^$/): Promise<RunRecord> {
  const { store, lines, before } = ground;
  const run = await ended(store, runId, 75_000);
  expect(run).toMatchObject({ status: 'published', reason: undefined });
  const scanned = await linesOf(store, run);
  expect(differences(lines, scanned).filter((difference) => !expected.test(difference))).toEqual([]);
  expect(scanned).toHaveLength(new Set(scanned.map((line) => JSON.stringify(line))).size);
  const accounts = lines.filter(({ kind }) => kind === 'account');
  const { waiting, complete, partial, failed, skipped } = run.progress;
  expect([waiting, complete + partial + failed + skipped]).toEqual([0, accounts.length]);
  expect((await store.scans()).slice(0, 2).map(({ id }) => id)).toEqual([run.scanId, before()?.id]);
  return run;
}
