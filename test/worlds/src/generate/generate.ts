import type { SnapshotLine } from '@denyscope/model';
import { routeTables } from '../build/route-table.ts';
import { managedPolicyLines } from '../managed/attach.ts';
import { headerOf, type World } from '../world.ts';
import { bucketLines } from './buckets.ts';
import { keyLines } from './keys.ts';
import { networkLines } from './network.ts';
import { failedStep, sometimesOdd, unknownKindLine, unscannedLine } from './oddities.ts';
import type { WorldOptions } from './options.ts';
import { organizationLines } from './organization.ts';
import { planWorld, type Plan, type PlannedAccount } from './plan.ts';
import { organizationRole, principalLines } from './principals.ts';
import { randomOf } from './random.ts';
import type { Site } from './site.ts';
import { surroundingLines } from './surroundings.ts';

/** The lines of a world, one account after the other, so that a large one need not sit in memory. */
export function* generateLines(options: WorldOptions): Generator<SnapshotLine, void> {
  const plan = planWorld(options);
  yield* organizationLines(plan);
  for (const account of plan.accounts) yield* accountLines(plan, account);
}

/** A whole world in memory: equal options give equal worlds. */
export function generateWorld(options: WorldOptions): World {
  return { header: headerOf(options.takenAt), lines: [...generateLines(options)] };
}

function* accountLines(plan: Plan, account: PlannedAccount): Generator<SnapshotLine, void> {
  if (account.kind === 'suspended') return;
  if (account.kind === 'unscanned') {
    yield unscannedLine(account.id);
    return;
  }
  const site = siteOf(plan, account, 'oddities');
  const failed = failedStep(site);
  if (failed) yield failed.line;
  for (const line of ownLines(plan, account)) {
    if (failed?.hides(line) !== true) yield sometimesOdd(line, site);
  }
  if (site.random.chance(plan.options.oddity)) yield unknownKindLine(site);
}

/** Each theme has its own stream of draws, so that a change in one leaves the others as they were. */
function siteOf(plan: Plan, account: PlannedAccount, theme: string): Site {
  return { plan, account, random: randomOf(plan.options.seed, `${account.id} ${theme}`) };
}

function* ownLines(plan: Plan, account: PlannedAccount): Generator<SnapshotLine, void> {
  const principals = siteOf(plan, account, 'principals');
  const identities = [...principalLines(principals), organizationRole(principals)];
  yield* identities;
  yield* managedPolicyLines(identities, plan.options.managedPolicies);
  yield* keyLines(siteOf(plan, account, 'keys'));
  const network = networkLines(siteOf(plan, account, 'network'));
  yield* network;
  yield* bucketLines(siteOf(plan, account, 'buckets'));
  yield* routeTables(network);
  yield* surroundingLines(siteOf(plan, account, 'surroundings'));
}
