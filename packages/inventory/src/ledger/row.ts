import {
  coverageEffect,
  NOT_COLLECTED,
  type AccountStatus,
  type CoverageRow,
  type LedgerGap,
  type ReadCounts,
  type ReadLedger,
} from '@denyscope/model';
import { byCodeUnit } from '../snapshot/canonical-order.ts';
import { ACCOUNT_AREAS, ORGANIZATION_AREAS, type Area } from './areas.ts';
import { outcomeOfReason, type AskedFields } from './asked.ts';
import { isCounted, shareOf, strayShare, type AreaShare, type Counted } from './share.ts';
import type { FailedStep, Tally, UnreadableResources } from './tally.ts';

/** An account as the ledger keeps it: its row with every read, and the resources that could not be read in full. */
export interface LedgerRow extends Omit<CoverageRow, 'reads'> {
  readonly reads: readonly ReadLedger[];
  readonly unreadableResources: readonly UnreadableResources[];
}

/** Whom a row is about. */
export interface Owner {
  /** Null for the organization itself. */
  readonly accountId: string | null;
  readonly name: string | undefined;
  /** As Organizations says: `ACTIVE`, `SUSPENDED`, … */
  readonly state: string | undefined;
  readonly enabledRegions: readonly string[] | undefined;
  readonly tally: Tally;
}

const ENTRANCE = 'sts:AssumeRole';

/**
 * The row of an account, or of the organization. Its number is the mean of the shares of its areas, each of which is
 * what one listing opens up (buckets, keys, principals, …) and weighs the same: so a list that failed is not made up
 * for by many good buckets. It is 0 where the account was not entered, 1 only where nothing at all is missing, and is
 * rounded down.
 */
export function rowOf(owner: Owner, asked: AskedFields): LedgerRow {
  const { accountId, name = null, tally } = owner;
  const unread = reasonUnread(owner);
  const areas = unread === undefined ? areasOf(owner, asked) : [];
  const shares = unread === undefined ? areas : notEntered(unread);
  const reads = shares.flatMap((area) => area.reads);
  const coverage = roundedDown(mean(shares.map(({ share }) => share)));
  const gaps = unread === undefined ? [...tally.gaps.values()] : gapsOfUnread(owner, unread);
  return {
    accountId,
    name,
    status: statusOf(owner, unread, coverage),
    coverage,
    counts: totalOf(reads),
    gaps: gaps.toSorted(byWeight),
    gapsLeftOut: tally.gapsLeftOut,
    reads,
    unreadableResources: [...tally.resources.values()],
  };
}

/** Why nothing of an account was read; undefined where something was. */
function reasonUnread({ accountId, state, tally }: Owner): string | undefined {
  const refused = [...tally.failures.values()].find(({ step }) => step.startsWith(ENTRANCE));
  if (refused) return refused.reason;
  if (accountId === null || hasOwnLines(tally) || tally.failures.size > 0) return undefined;
  // AWS: every account has roles, so one without a line was not read.
  return isSuspended(state) ? 'Suspended' : NOT_COLLECTED;
}

function hasOwnLines({ fields, lines }: Tally): boolean {
  return lines > (fields.has('account') ? 1 : 0);
}

function isSuspended(state: string | undefined): boolean {
  return state !== undefined && state !== 'ACTIVE';
}

function statusOf({ state }: Owner, unread: string | undefined, coverage: number): AccountStatus {
  if (isSuspended(state)) return 'suspended';
  if (unread === 'Excluded') return 'excluded';
  if (unread !== undefined) return 'failed';
  return coverage === 1 ? 'complete' : 'partial';
}

function areasOf({ accountId, enabledRegions = [], tally }: Owner, asked: AskedFields): readonly AreaShare[] {
  const named = new Set([...enabledRegions, ...tally.regions]);
  const counted: Counted = { tally, asked, regions: named.size > 0 ? named : new Set(['']) };
  const known = accountId === null ? ORGANIZATION_AREAS : ACCOUNT_AREAS;
  const areas = [...known, ...areasOfOtherKinds(tally, known)].filter((area) => isCounted(area, counted));
  return [...areas.map((area) => shareOf(area, counted)), ...strayShares(tally, known)];
}

/** Kinds that only the first line of the snapshot knows. */
function areasOfOtherKinds({ fields }: Tally, known: readonly Area[]): readonly Area[] {
  const kinds = new Set<string>(known.flatMap((area) => area.kinds));
  return Array.from(fields.keys())
    .filter((kind) => !kinds.has(kind))
    .map((kind) => ({
      name: kind,
      kinds: [kind],
      listings: [],
      details: [],
      scope: 'account',
      isNeeded: false,
    }));
}

/** A Region that was left out is a loss of every listing in a Region, and none of its own. */
const WHOLE_REGION = 'scan:Region';

function strayShares({ failures }: Tally, known: readonly Area[]): readonly AreaShare[] {
  const steps = known.flatMap(({ listings, details }) => [...listings, ...details]);
  const strays = [...failures.values()].filter(
    ({ step }) => step !== WHOLE_REGION && !steps.some((one) => step.startsWith(one)),
  );
  const byStep = new Map<string, FailedStep[]>();
  for (const stray of strays) byStep.set(stray.step, [...(byStep.get(stray.step) ?? []), stray]);
  return Array.from(byStep, ([step, each]) => strayShare(step, each));
}

/** Of an account that was not entered, each listing that verdicts need was lost. */
function notEntered(reason: string): readonly AreaShare[] {
  const counts: ReadCounts = { seen: 0, absent: 0, unreadable: 0, skipped: 0, [outcomeOfReason(reason)]: 1 };
  const needed = ACCOUNT_AREAS.filter(({ isNeeded }) => isNeeded);
  return needed.map(({ name: kind, listings }) => ({
    share: 0,
    reads: listings.map((step) => ({ kind, field: null, step, ...counts, reasons: { [reason]: 1 } })),
  }));
}

function gapsOfUnread({ accountId, tally }: Owner, reason: string): readonly LedgerGap[] {
  const told = [...tally.gaps.values()].filter(({ step }) => step.startsWith(ENTRANCE));
  if (told.length > 0 || accountId === null) return told;
  return [{ step: ENTRANCE, reason, effect: coverageEffect(ENTRANCE), count: 1 }];
}

function mean(shares: readonly number[]): number {
  return shares.length === 0 ? 0 : shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

/** To four places; what is missing is never rounded away. */
function roundedDown(share: number): number {
  return Math.floor(share * 10_000) / 10_000;
}

function totalOf(reads: readonly ReadLedger[]): ReadCounts {
  const sum = (outcome: keyof ReadCounts): number => reads.reduce((total, read) => total + read[outcome], 0);
  return {
    seen: sum('seen'),
    absent: sum('absent'),
    unreadable: sum('unreadable'),
    skipped: sum('skipped'),
  };
}

/** Steps before fields, since all below a step is unknown; then what concerns the most resources. */
function byWeight(a: LedgerGap, b: LedgerGap): number {
  return (
    Number(a.field !== undefined) - Number(b.field !== undefined) ||
    b.count - a.count ||
    byCodeUnit(nameOf(a), nameOf(b))
  );
}

function nameOf({ step, kind = '', field = '', region = '', reason }: LedgerGap): string {
  return [step, kind, field, region, reason].join(' ');
}
