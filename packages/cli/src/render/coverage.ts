import { type Coverage, type CoverageGap } from '@denyscope/model';

/** What could not be read, one gap a line. */
export function gapText({ step, accountId, region, reason, effect }: CoverageGap): string {
  const place = [accountId && `account ${accountId}`, region].filter(Boolean).join(', ') || 'organization';
  return `${place}: ${step}: ${reason}: ${effect}`;
}

/** The gaps under an answer; nothing where the scan read everything. */
export function coverageText({ complete, gaps }: Coverage): readonly string[] {
  if (complete) return [];
  return ['not everything could be read:', ...gaps.map((gap) => `  ${gapText(gap)}`)];
}
