import { isLostWith, layerField, NOT_COLLECTED, type ReadLedger } from '@denyscope/model';
import type { Area } from './areas.ts';
import { outcomeOfReason, type AskedFields } from './asked.ts';
import { addReason, newReadTally, type FailedStep, type ReadTally, type Tally } from './tally.ts';

/** What was read of one area: its share from 0 to 1, and each of its reads. */
export interface AreaShare {
  readonly share: number;
  readonly reads: readonly ReadLedger[];
}

/** What the shares of an account follow from. */
export interface Counted {
  readonly tally: Tally;
  readonly asked: AskedFields;
  /** Regions that the account has enabled, or that any line of it names; never empty. */
  readonly regions: ReadonlySet<string>;
}

/** Does anything speak of the area: was it asked for, is anything of it there, did a step of it fail? */
export function isCounted({ kinds, isNeeded, ...steps }: Area, { tally, asked }: Counted): boolean {
  return (
    isNeeded ||
    kinds.some((kind) => asked.isCollected(kind) || tally.fields.has(kind)) ||
    failuresOf(steps, tally).length > 0
  );
}

/**
 * The share of an area that was read: the part of its listings that did not fail, times the part of what was asked of
 * everything listed that was answered. A listing that failed costs its whole part, however much was listed elsewhere:
 * nobody knows what it would have shown.
 */
export function shareOf(area: Area, counted: Counted): AreaShare {
  const listings = area.listings.map((step) => listingOf(area, step, counted));
  const fields = area.kinds.flatMap((kind) => fieldsOf(kind, counted.tally));
  const details = area.details.flatMap((step) => detailsOf(area.name, step, counted.tally));
  const reads = [...listings, ...fields, ...details];
  return { share: partOf(listings) * partOf([...fields, ...details]), reads };
}

/** The part that was answered; all of nothing is all. */
function partOf(reads: readonly ReadLedger[]): number {
  const answered = reads.reduce((sum, { seen, absent }) => sum + seen + absent, 0);
  const missing = reads.reduce((sum, { unreadable, skipped }) => sum + unreadable + skipped, 0);
  return missing === 0 ? 1 : answered / (answered + missing);
}

/** A listing, once or once for each Region. */
function listingOf(area: Area, step: string, counted: Counted): ReadLedger {
  const counts = newReadTally();
  const failures = [...counted.tally.failures.values()].filter((failure) => isLostWith(step, failure.step));
  const places = area.scope === 'region' ? Array.from(counted.regions) : [undefined];
  for (const region of places) {
    const failure = failures.find(
      (each) => each.region === undefined || region === undefined || each.region === region,
    );
    addOutcome(counts, failure?.reason ?? (wasAsked(area, counted) ? undefined : NOT_COLLECTED));
  }
  return readOf({ kind: area.name, field: null, step }, counts);
}

/** A listing that the snapshot says nothing of was not made; lines of its kinds prove that it was. */
function wasAsked({ kinds }: Area, { tally, asked }: Counted): boolean {
  return kinds.length === 0 || kinds.some((kind) => asked.isCollected(kind) || tally.fields.has(kind));
}

function addOutcome(counts: ReadTally, reason: string | undefined): void {
  if (reason === undefined) {
    counts.seen += 1;
    return;
  }
  counts[outcomeOfReason(reason)] += 1;
  addReason(counts, reason);
}

function fieldsOf(kind: string, { fields }: Tally): readonly ReadLedger[] {
  return Array.from(fields.get(kind) ?? [], ([field, counts]) =>
    readOf({ kind, field, step: layerField(kind, field)?.step ?? null }, counts),
  );
}

/** A step that tells more of what was listed counts where it failed: where it did not, the fields count. */
function detailsOf(kind: string, step: string, { failures }: Tally): readonly ReadLedger[] {
  const failed = [...failures.values()].filter((failure) => failure.step.startsWith(step));
  return failed.length === 0 ? [] : [stepOf(kind, step, failed)];
}

function failuresOf(
  { listings, details }: Pick<Area, 'listings' | 'details'>,
  { failures }: Tally,
): readonly FailedStep[] {
  const steps = [...listings, ...details];
  return [...failures.values()].filter((failure) => steps.some((step) => failure.step.startsWith(step)));
}

/** A step that failed, and that no area of this release has: it weighs like an area. */
export function strayShare(step: string, failures: readonly FailedStep[]): AreaShare {
  return { share: 0, reads: [stepOf(step, step, failures)] };
}

function stepOf(kind: string, step: string, failures: readonly FailedStep[]): ReadLedger {
  const counts = newReadTally();
  for (const { reason } of failures) addOutcome(counts, reason);
  return readOf({ kind, field: null, step }, counts);
}

function readOf(
  name: Pick<ReadLedger, 'kind' | 'field' | 'step'>,
  { reasons, ...counts }: ReadTally,
): ReadLedger {
  return { ...name, ...counts, reasons: Object.fromEntries(reasons) };
}
