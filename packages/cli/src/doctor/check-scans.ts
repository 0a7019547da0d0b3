import { type RunRecord, type ScanRecord, type Store } from '@denyscope/store';
import { count } from '../render/statement.ts';
import { type Settings } from './check-environment.ts';
import { type Checked, failed, ok, warning } from './checked.ts';

const SCANS = 'scans';
const RUN = 'running scan';
const COVERAGE = 'coverage';

/** What the scans in the store tell: are they recent, does one hang, and how much could not be read. */
export async function checkScans(store: Store, settings: Settings, now: Date): Promise<readonly Checked[]> {
  const [latest, run] = [await store.latestScan(), await store.latestRun()];
  const intervalMs = await longestInterval(settings, now);
  return [checkLatest(latest, run, { intervalMs, now }), ...checkRun(run, now), ...checkCoverage(latest)];
}

interface Times {
  readonly intervalMs: number | undefined;
  readonly now: Date;
}

const AGE_IN_INTERVALS = 2;

function checkLatest(
  scan: ScanRecord | undefined,
  run: RunRecord | undefined,
  { intervalMs, now }: Times,
): Checked {
  const failure =
    run?.status === 'failed' ? `; the last try failed: ${run.reason ?? 'nobody knows why'}` : '';
  if (scan === undefined) {
    return warning(SCANS, `none yet${failure}`, 'run `denyscope scan`, or let `denyscope serve` do it');
  }
  const age = now.getTime() - Date.parse(scan.takenAt);
  const found = `scan ${scan.id} of ${scan.source} is ${spanText(age)} old${failure}`;
  if (scan.source !== 'aws' || intervalMs === undefined) return ok(SCANS, found);
  if (age > AGE_IN_INTERVALS * intervalMs) {
    return warning(
      SCANS,
      `${found}, and one is due every ${spanText(intervalMs)}`,
      'see that a scheduler and a worker run (or `denyscope serve`), and what their logs say',
    );
  }
  return failure === ''
    ? ok(SCANS, found)
    : warning(SCANS, found, 'the checks above may say why; then run `denyscope scan`');
}

const MINUTE_MS = 60_000;
const SLOW_MS = 10 * MINUTE_MS;
const STUCK_MS = 60 * MINUTE_MS;

function checkRun(run: RunRecord | undefined, now: Date): readonly Checked[] {
  if (run?.status !== 'running') return [];
  const silent = now.getTime() - Date.parse(run.progressedAt);
  const { complete, partial, failed: lost, waiting } = run.progress;
  const settled = complete + partial + lost;
  const found = `${settled} of ${count(settled + waiting, 'account')}, begun ${spanText(now.getTime() - Date.parse(run.startedAt))} ago, without progress for ${spanText(silent)}`;
  const workers = 'see that a worker runs: `denyscope scan` is one, and joins it';
  if (silent > STUCK_MS) return [failed(RUN, found, workers, 'or end it by `denyscope scan --cancel`')];
  return [silent > SLOW_MS ? warning(RUN, found, workers) : ok(RUN, found)];
}

function checkCoverage(scan: ScanRecord | undefined): readonly Checked[] {
  if (scan === undefined) return [];
  const gaps = scan.counts['coverage'] ?? 0;
  const found =
    gaps === 0 ? 'no step of the last scan failed' : `${count(gaps, 'step')} of the last scan failed`;
  return [
    gaps === 0
      ? ok(COVERAGE, found)
      : warning(COVERAGE, found, '`denyscope coverage` lists them, with the reasons'),
  ];
}

/** The longest time between two scans that the schedule leaves; undefined where it cannot be read. */
async function longestInterval({ scanning }: Settings, now: Date): Promise<number | undefined> {
  const { dueTimes } = await import('@denyscope/queue');
  try {
    const times = dueTimes(scanning, now, 10).map((time) => time.getTime());
    const gaps = times.slice(1).map((time, place) => time - (times[place] ?? time));
    return gaps.length === 0 ? undefined : Math.max(...gaps);
  } catch {
    return undefined;
  }
}

/** `3 minutes`, `26 hours`, `12 days`. */
function spanText(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / MINUTE_MS));
  if (minutes < 120) return count(minutes, 'minute');
  const hours = Math.round(minutes / 60);
  return hours < 72 ? count(hours, 'hour') : count(Math.round(hours / 24), 'day');
}
