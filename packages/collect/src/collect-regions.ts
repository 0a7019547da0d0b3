import { NOT_COLLECTED, type SnapshotLine } from '@denyscope/model';
import { ask, reportGap } from './ask.ts';
import { describeRegions } from './calls/describe-regions.ts';
import { collectRegion } from './collect-region.ts';
import { textOf } from './draft.ts';
import type { Job } from './job.ts';
import { coverageLine } from './line.ts';
import { DEFAULT_REGIONS } from './regions.ts';

/** The Regions of an account, and which of them the scan looks into. */
export interface RegionPlan {
  /** The Regions that the account has enabled; undefined where nobody told. */
  readonly enabled: readonly string[] | undefined;
  /** The Regions that the scan was told to keep to; undefined where it was told of none. */
  readonly wanted: readonly string[] | undefined;
  readonly lookedInto: readonly string[];
}

/**
 * Asks which Regions are enabled, and looks into each of them, or into those that are `wanted`. Where nobody tells,
 * the Regions that every account has are taken for enabled.
 */
export async function collectRegions(job: Job, wanted: readonly string[] | undefined): Promise<RegionPlan> {
  const enabled = await askRegions(job);
  const lookedInto = Array.from(new Set(chosen(enabled, wanted)));
  await Promise.all(lookedInto.map((region) => collectRegion(job, region)));
  return { enabled, wanted, lookedInto };
}

/** A Region that is wanted and is known to be off has nothing to be read. */
function chosen(
  enabled: readonly string[] | undefined,
  wanted: readonly string[] | undefined,
): readonly string[] {
  if (wanted === undefined) return enabled ?? DEFAULT_REGIONS;
  return enabled === undefined ? wanted : wanted.filter((region) => enabled.includes(region));
}

async function askRegions(job: Job): Promise<readonly string[] | undefined> {
  const place = { region: job.homeRegion };
  const answer = await ask(job, describeRegions, place);
  if (answer.kind === 'seen') return answer.items.flatMap((region) => textOf(region, 'RegionName') ?? []);
  if (answer.kind !== 'absent') reportGap(job, describeRegions, place, answer);
  return undefined;
}

/**
 * Says of every Region that the scan did not look into, and that may hold something, that what is there is unknown:
 * one line a Region. These are the enabled ones that were left out, and those in which the account has a bucket though
 * they are not enabled: unreachable, not absent (semantics.md H.4).
 */
export function reportUnvisited(job: Job, plan: RegionPlan, ofBuckets: readonly string[]): void {
  const known = new Set([...(plan.enabled ?? DEFAULT_REGIONS), ...ofBuckets]);
  const unvisited = Array.from(known).filter((region) => !plan.lookedInto.includes(region));
  for (const region of unvisited) job.emit(unvisitedLine(job, plan, region));
}

function unvisitedLine({ accountId }: Job, plan: RegionPlan, region: string): SnapshotLine {
  return coverageLine({ step: 'scan:Region', accountId, region, ...whyUnvisited(plan, region) });
}

function whyUnvisited(
  { enabled, wanted }: RegionPlan,
  region: string,
): { readonly reason: string; readonly message: string } {
  if (enabled?.includes(region) === false) {
    const message = 'the account has a bucket in this Region, which it has not enabled';
    return { reason: 'RegionDisabled', message };
  }
  return wanted === undefined
    ? { reason: NOT_COLLECTED, message: 'nobody told whether the account has this Region enabled' }
    : { reason: 'Excluded', message: 'the scan was told to leave this Region out' };
}
