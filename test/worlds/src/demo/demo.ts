import { routeTables } from '../build/route-table.ts';
import { managedPolicyLines } from '../managed/attach.ts';
import { AWS_MANAGED_POLICIES } from '../managed/catalogue.ts';
import { headerOf, type World } from '../world.ts';
import { CONTROLS } from './controls.ts';
import { EVERYDAY_LINES } from './everyday.ts';
import { GAPS } from './gaps.ts';
import { KEY_GUARDRAILS } from './key-guardrails.ts';
import { KEY_POLICIES } from './key-policies.ts';
import { LIMITS } from './limits.ts';
import { MISTAKES } from './mistakes.ts';
import { NETWORK } from './network.ts';
import { ORGANIZATION_LINES } from './organization.ts';
import { SHARING } from './sharing.ts';
import type { DemoStory, Theme } from './story.ts';
import { SURROUNDING_LINES } from './surroundings.ts';

const THEMES: readonly Theme[] = [
  CONTROLS,
  KEY_GUARDRAILS,
  KEY_POLICIES,
  NETWORK,
  SHARING,
  LIMITS,
  MISTAKES,
  GAPS,
];

const TAKEN_AT = '2026-11-21T02:00:00Z';

/** What the demo organization tells: each question with the answer that is right. */
export const DEMO_STORIES: readonly DemoStory[] = THEMES.flatMap((theme) => theme.stories);

/** Example Corp: 12 accounts, 60 buckets, 3 Regions, and the stories of `DEMO_STORIES`. */
export function demoWorld(): World {
  const told = [...ORGANIZATION_LINES, ...EVERYDAY_LINES, ...THEMES.flatMap((theme) => theme.lines)];
  const lines = [...told, ...SURROUNDING_LINES, ...routeTables(told)];
  return {
    header: headerOf(TAKEN_AT),
    lines: [...lines, ...managedPolicyLines(lines, AWS_MANAGED_POLICIES)],
  };
}
