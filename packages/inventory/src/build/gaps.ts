import {
  coverageEffect,
  isLostWith,
  lockoutOf,
  NOT_COLLECTED,
  unreadable,
  type CoverageGap,
  type Unreadable,
} from '@denyscope/model';
import { byCodeUnit } from '../snapshot/canonical-order.ts';
import type { LineOf } from './lines.ts';

/** The step without which an account's principals and their policies are unknown. */
export const PRINCIPAL_STEPS = ['iam:GetAccountAuthorizationDetails'] as const;

/** What the scan says that it could not read, each with what that leaves unknown. */
export function coverageGaps(lines: readonly LineOf<'coverage'>[]): readonly CoverageGap[] {
  return sortGaps(
    lines.map(({ accountId, region, data }) => ({
      step: data.step,
      ...(accountId === undefined ? {} : { accountId }),
      ...(region === undefined ? {} : { region }),
      reason: data.reason,
      effect: coverageEffect(data.step),
      ...lockoutOf(data),
    })),
  );
}

/** Gaps by account, Region, step, reason and effect. */
export function sortGaps(gaps: readonly CoverageGap[]): readonly CoverageGap[] {
  return gaps.toSorted(
    (a, b) =>
      byCodeUnit(a.accountId ?? '', b.accountId ?? '') ||
      byCodeUnit(a.region ?? '', b.region ?? '') ||
      byCodeUnit(a.step, b.step) ||
      byCodeUnit(a.reason, b.reason) ||
      byCodeUnit(a.effect, b.effect),
  );
}

/** Where something is looked for: in an account, and in one of its Regions where it is of a Region. */
interface Place {
  readonly accountId: string;
  readonly region?: string | undefined;
}

/**
 * The first gap that leaves open what one of these steps would have told of the account, or of its Region. A gap that
 * names no account touches every one, and one that names no Region every Region.
 */
export function gapAt(
  gaps: readonly CoverageGap[],
  { accountId, region }: Place,
  steps: readonly string[],
): CoverageGap | undefined {
  return gaps.find(
    (gap) =>
      (gap.accountId === undefined || gap.accountId === accountId) &&
      (gap.region === undefined || region === undefined || gap.region === region) &&
      steps.some((step) => isLostWith(step, gap.step)),
  );
}

/** Why a fact is unknown: the gap's own reason, or that nobody asked. */
export function whyUnknown(gap: CoverageGap | undefined): Unreadable {
  return gap
    ? unreadable(gap.reason, `${gap.step}: ${gap.effect}`, lockoutOf(gap))
    : unreadable(NOT_COLLECTED);
}
