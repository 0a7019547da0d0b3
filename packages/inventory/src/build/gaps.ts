import {
  coverageEffect,
  NOT_COLLECTED,
  unreadable,
  type CoverageGap,
  type Unreadable,
} from '@denyscope/model';
import { byCodeUnit } from '../snapshot/canonical-order.ts';
import type { LineOf } from './lines.ts';

/** The steps without which an account's principals and their policies are unknown. */
export const PRINCIPAL_STEPS = ['sts:AssumeRole', 'iam:GetAccountAuthorizationDetails'] as const;

/** What the scan says that it could not read, each with what that leaves unknown. */
export function coverageGaps(lines: readonly LineOf<'coverage'>[]): readonly CoverageGap[] {
  return sortGaps(
    lines.map(({ accountId, region, data }) => ({
      step: data.step,
      ...(accountId === undefined ? {} : { accountId }),
      ...(region === undefined ? {} : { region }),
      reason: data.reason,
      effect: coverageEffect(data.step),
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

/**
 * The first gap of one of these steps that touches the account. A gap that names no account touches every one, and
 * a step counts where its name begins with one of these, so that a finer step of a later release is not overlooked.
 */
export function gapAt(
  gaps: readonly CoverageGap[],
  accountId: string,
  steps: readonly string[],
): CoverageGap | undefined {
  return gaps.find(
    (gap) =>
      (gap.accountId === undefined || gap.accountId === accountId) &&
      steps.some((step) => gap.step.startsWith(step)),
  );
}

/** Why a fact is unknown: the gap's own reason, or that nobody asked. */
export function whyUnknown(gap: CoverageGap | undefined): Unreadable {
  return gap ? unreadable(gap.reason, `${gap.step}: ${gap.effect}`) : unreadable(NOT_COLLECTED);
}
