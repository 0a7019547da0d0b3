import {
  coverageEffect,
  layerField,
  lockoutOf,
  NOT_COLLECTED,
  type LedgerGap,
  type ReadCounts,
  type SnapshotData,
  type SnapshotLine,
} from '@denyscope/model';
import { fieldEffect, type AskedFields, type FieldOutcome } from './asked.ts';

/** What became of one read, counted. */
export interface ReadTally extends Record<keyof ReadCounts, number> {
  readonly reasons: Map<string, number>;
}

/** A step that failed, once for each Region. */
export interface FailedStep {
  readonly step: string;
  readonly region: string | undefined;
  readonly reason: string;
}

/** All that is counted of one account, or of the organization. Its size does not grow with the lines. */
export interface Tally {
  /** Kind → field → what became of it. */
  readonly fields: Map<string, Map<string, ReadTally>>;
  readonly failures: Map<string, FailedStep>;
  readonly gaps: Map<string, LedgerGap>;
  /** Gaps beyond those that are kept. */
  gapsLeftOut: number;
  readonly regions: Set<string>;
  /** Kind and reason → the resources of which a part could not be read. */
  readonly resources: Map<string, UnreadableResources>;
  lines: number;
}

/** Resources of one kind of which a part could not be read, for one reason. */
export interface UnreadableResources {
  readonly kind: string;
  readonly reason: string;
  /** A service control policy locked the scanner out. */
  readonly isByScp: boolean;
  readonly count: number;
}

export function newTally(): Tally {
  return {
    fields: new Map(),
    failures: new Map(),
    gaps: new Map(),
    gapsLeftOut: 0,
    regions: new Set(),
    resources: new Map(),
    lines: 0,
  };
}

/** Of so many kinds one account's gaps may be; more are counted. */
const MOST_GAPS = 200;
const MOST_REASONS = 50;
const MOST_REGIONS = 100;

/** Counts a line's fields. */
export function addLine(tally: Tally, line: SnapshotLine, asked: AskedFields): void {
  tally.lines += 1;
  addRegion(tally, line.region);
  const fields = asked.of(line);
  for (const field of fields) addField(tally, line.kind, field);
  addResource(tally, line.kind, fields);
}

/** A resource counts once for each reason. */
function addResource({ resources }: Tally, kind: string, fields: readonly FieldOutcome[]): void {
  const failed = fields.flatMap(({ why }) =>
    why === undefined || why.reason === NOT_COLLECTED ? [] : [why],
  );
  const causes = failed.map(({ reason, lockout }) => ({
    kind,
    reason,
    isByScp: lockout?.statement?.layer === 'scp',
  }));
  for (const [key, cause] of new Map(causes.map((each) => [JSON.stringify(each), each]))) {
    const known = resources.get(key);
    if (known !== undefined || resources.size < MOST_GAPS)
      resources.set(key, { ...cause, count: (known?.count ?? 0) + 1 });
  }
}

function addRegion({ regions }: Tally, region: string | undefined): void {
  if (region !== undefined && regions.size < MOST_REGIONS) regions.add(region);
}

function addField(tally: Tally, kind: string, { field, outcome, why }: FieldOutcome): void {
  const ofKind = tally.fields.get(kind) ?? new Map<string, ReadTally>();
  tally.fields.set(kind, ofKind);
  const counts = ofKind.get(field) ?? newReadTally();
  ofKind.set(field, counts);
  counts[outcome] += 1;
  if (why === undefined) return;
  addReason(counts, why.reason);
  addGap(tally, {
    step: layerField(kind, field)?.step ?? `${kind} ${field}`,
    kind,
    field,
    reason: why.reason,
    effect: fieldEffect(kind, field),
    ...(why.message !== undefined && { message: why.message }),
    ...why.lockout,
  });
}

export function newReadTally(): ReadTally {
  return { seen: 0, absent: 0, unreadable: 0, skipped: 0, reasons: new Map() };
}

export function addReason({ reasons }: ReadTally, reason: string): void {
  const known = reasons.get(reason);
  if (known !== undefined || reasons.size < MOST_REASONS) reasons.set(reason, (known ?? 0) + 1);
}

/** Counts a step that failed. */
export function addFailure(
  tally: Tally,
  { step, reason, message, ...data }: SnapshotData<'coverage'>,
  region: string | undefined,
): void {
  addRegion(tally, region);
  const place = `${step} ${region ?? ''}`;
  if (tally.failures.size < MOST_GAPS) tally.failures.set(place, { step, region, reason });
  const why = message === undefined ? {} : { message };
  addGap(tally, { step, region, reason, effect: coverageEffect(step), ...why, ...lockoutOf(data) });
}

/** A gap, and once more the same: their messages may differ, and the first one stands. */
export function addGap(tally: Tally, gap: Omit<LedgerGap, 'count'>): void {
  const { message: _message, region, effect: _effect, ...rest } = gap;
  const key = JSON.stringify(rest);
  const known = tally.gaps.get(key);
  if (known === undefined && tally.gaps.size >= MOST_GAPS) {
    tally.gapsLeftOut += 1;
    return;
  }
  const first = known ?? { ...gap, count: 0 };
  const isSameRegion = first.count === 0 || first.region === region;
  const { region: _region, ...everywhere } = first;
  tally.gaps.set(key, { ...(isSameRegion ? first : everywhere), count: first.count + 1 });
}
