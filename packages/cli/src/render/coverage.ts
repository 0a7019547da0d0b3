import { type Coverage, type CoverageGap } from '@denyscope/model';
import { lockoutText } from './lockout.ts';

/** What could not be read, one gap a line, and the statement that locked the scanner out where that is known. */
export function gapText(gap: CoverageGap): string {
  const { step, accountId, region, reason, effect } = gap;
  const place = [accountId && `account ${accountId}`, region].filter(Boolean).join(', ') || 'organization';
  return [place, step, reason, effect, lockoutText(gap)].filter((part) => part !== '').join(': ');
}

/** The gaps under an answer; nothing where the scan read everything. */
export function coverageText({ complete, gaps }: Coverage): readonly string[] {
  if (complete) return [];
  return ['not everything could be read:', ...gaps.map((gap) => `  ${gapText(gap)}`)];
}
