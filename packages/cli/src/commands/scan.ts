import { parseAccountId } from '@denyscope/model';
import { readScanConfiguration } from '@denyscope/ops';
import { type RunScope, type Store } from '@denyscope/store';
import { Command } from 'commander';
import { STATUS, UsageError } from '../failure.ts';
import { type Lifetime, withLifetime } from '../lifetime.ts';
import { listOption, numberOption } from '../options.ts';
import { print } from '../output.ts';
import { renderDryRun } from '../render/dry-run.ts';
import { renderScanned } from '../render/scanned.ts';
import { type Runner } from '../runner.ts';
import { holdWorker, published, startRun } from '../scanning/live-scan.ts';
import { runProgress } from '../scanning/run-progress.ts';
import { scannedBy } from '../scanning/scanned.ts';
import { type Session, notice } from '../session.ts';
import { holdQueueUrl, holdStore } from '../store.ts';

const HELP = `
Credentials are found as by the AWS CLI; they need sts:AssumeRole for the role in every account, and to read the
organization. Nothing is ever changed in AWS, and no object is read. AWS_ENDPOINT_URL names another server than AWS.

With --dry-run AWS is asked for the list of accounts (organizations:ListAccounts) and for nothing else. How much is in
them, the last scan tells, and an assumption where there is none.

Ctrl-C leaves the scan as it is, and the next \`denyscope scan\` goes on with it.

Environment: DENYSCOPE_ROLE_NAME, DENYSCOPE_EXTERNAL_ID (which other users of this machine cannot see, unlike the
option), DENYSCOPE_REGIONS, DENYSCOPE_CONCURRENCY; REDIS_URL keeps the queue in Redis.

Examples:
  denyscope scan --dry-run
  denyscope scan --role-name DenyscopeScanner
  denyscope scan --accounts 111122223333,444455556666 --regions eu-west-1`;

interface ScanOptions {
  readonly roleName?: string;
  readonly externalId?: string;
  readonly accounts?: readonly string[];
  readonly regions?: readonly string[];
  readonly concurrency?: number;
  readonly enqueueOnly?: true;
  readonly cancel?: true;
  readonly dryRun?: true;
}

export const isAccount = (text: string): boolean => parseAccountId(text) !== undefined;
const isRegion = (text: string): boolean => /^[a-z]{2}(?:-[a-z]+)+-\d$/.test(text);

/** `denyscope scan`: reads an organization of AWS as it is now. */
export function scanCommand(run: Runner): Command {
  return new Command('scan')
    .description('read an organization of AWS as it is now, which then answers')
    .option('--role-name <name>', 'the role to enter in every account (default: DenyscopeScanner)')
    .option('--external-id <id>', 'what its trust policy asks for')
    .option('--accounts <ids>', 'only these accounts', listOption('account ids', isAccount))
    .option('--regions <names>', 'only these Regions', listOption('Regions', isRegion))
    .option('--concurrency <n>', 'accounts at the same time', numberOption(1, 999))
    .option('--enqueue-only', 'leave the work to the workers that run elsewhere')
    .option('--cancel', 'end the scan that runs, instead')
    .option('--dry-run', 'only tell which accounts and calls a scan would make')
    .addHelpText('after', HELP)
    .action((options: ScanOptions, command: Command) =>
      run(command, (session) =>
        options.dryRun === true ? dryRun(session, options) : live(session, options),
      ),
    );
}

async function dryRun(session: Session, options: ScanOptions): Promise<number> {
  if (options.cancel ?? options.enqueueOnly)
    throw new UsageError('--dry-run goes with neither --cancel nor --enqueue-only');
  const { planScan } = await import('../scanning/dry-run.ts');
  const configured = readScanConfiguration(session.terminal.environment);
  const concurrency = options.concurrency ?? configured.concurrency;
  const plan = await planScan(session, scopeOf(options) ?? {}, { ...configured, concurrency });
  await print(session, plan, renderDryRun);
  return STATUS.done;
}

function live(session: Session, options: ScanOptions): Promise<number> {
  return withLifetime(session, { endsBySignal: false }, async (lifetime) => {
    const store = await holdStore(session, lifetime);
    return options.cancel === true ? cancel(session, store) : scan(session, options, { store, lifetime });
  });
}

async function cancel(session: Session, store: Store): Promise<number> {
  const run = await store.latestRun();
  const cancelled = run?.status === 'running' ? await store.cancelRun(run.id) : undefined;
  await print(session, { cancelled: cancelled !== undefined }, () =>
    cancelled === undefined ? 'no scan runs' : `the scan of ${cancelled.startedAt} was ended`,
  );
  return STATUS.done;
}

interface Held {
  readonly store: Store;
  readonly lifetime: Lifetime;
}

async function scan(session: Session, options: ScanOptions, { store, lifetime }: Held): Promise<number> {
  const configured = readScanConfiguration(session.terminal.environment);
  const { enqueueOnly = false, roleName, externalId } = options;
  if (enqueueOnly && (roleName ?? externalId) !== undefined)
    throw new UsageError('with --enqueue-only the workers choose the role: set it in their environment');
  const queueUrl = await holdQueueUrl(session, lifetime);
  const { run, joined } = await startRun({ store, queueUrl, scope: scopeOf(options) }, lifetime);
  if (joined) notice(session, `a scan runs since ${run.startedAt}: this is that one`);
  if (enqueueOnly) {
    await print(session, { run: String(run.id), joined }, () => `scan run ${run.id} is in the queue`);
    return STATUS.done;
  }
  const { workerSettings } = await import('@denyscope/worker');
  const settings = workerSettings({
    ...configured,
    roleName: roleName ?? configured.roleName,
    externalId: externalId ?? configured.externalId,
    concurrency: options.concurrency ?? configured.concurrency,
  });
  await holdWorker(session, { store, queueUrl, ...settings }, lifetime);
  const progress = runProgress(session.terminal);
  try {
    const done = await published(store, run, progress.show);
    progress.stop();
    await print(session, await scannedBy(store, done), renderScanned);
  } finally {
    progress.stop();
  }
  return STATUS.done;
}

function scopeOf({ accounts, regions }: ScanOptions): RunScope | undefined {
  return accounts === undefined && regions === undefined ? undefined : { accounts, regions };
}
