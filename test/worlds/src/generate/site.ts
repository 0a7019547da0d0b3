import type { ConditionElement, Statement } from '../build/policy.ts';
import {
  bucketAt,
  keyAt,
  KEYS_PER_REGION,
  principalAt,
  type Plan,
  type PlannedAccount,
  type PlannedBucket,
  type PlannedKey,
  type PlannedPrincipal,
} from './plan.ts';
import type { Random, Weighted } from './random.ts';
import { TAG_VALUES } from './words.ts';

/** Where something is being made: the plan, the account, and the draws that decide it. */
export interface Site {
  readonly plan: Plan;
  readonly account: PlannedAccount;
  readonly random: Random;
}

/** A row of a table of policy shapes: what it is for, how often it is seen, and its statements. */
export interface Shape<S extends Site = Site> extends Weighted {
  readonly name: string;
  readonly make: (site: S) => readonly Statement[];
}

export function anyAccount({ plan, random }: Site): PlannedAccount {
  return random.pick(plan.accounts);
}

export function anyPrincipal(site: Site, account: PlannedAccount = site.account): PlannedPrincipal {
  return principalAt(account, site.random.below(Math.max(1, site.plan.options.principalsPerAccount)));
}

export function anyBucket(site: Site, account: PlannedAccount = site.account): PlannedBucket {
  return bucketAt(site.plan, account, site.random.below(Math.max(1, site.plan.options.bucketsPerAccount)));
}

export function anyRegion({ plan, random }: Site): string {
  return random.pick(plan.options.regions);
}

export function anyKey(site: Site, region: string, account: PlannedAccount = site.account): PlannedKey {
  return keyAt(account, region, site.random.below(KEYS_PER_REGION));
}

/** An account that this organization knows nothing of. */
export function outsider({ random }: Site): string {
  return random.pick(['999900001111', '999911112222', '999922223333']);
}

/** A tag and one of its values. */
export function anyTag({ random }: Site): readonly [key: string, value: string] {
  const [key, values] = random.maybe(Object.entries(TAG_VALUES)) ?? ['team', TAG_VALUES.team];
  return [key, random.maybe(values) ?? ''];
}

export function anyTags(site: Site, most: number): Readonly<Record<string, string>> {
  return Object.fromEntries(Array.from({ length: site.random.below(most + 1) }, () => anyTag(site)));
}

/** `o-…/r-…/ou-…/` down to a node of the plan. */
export function organizationPath(plan: Plan, nodeId: string): string {
  const unit = plan.units.find((one) => one.id === nodeId);
  return unit
    ? `${organizationPath(plan, unit.parentId)}${unit.id}/`
    : `${plan.organization.id}/${plan.rootId}/`;
}

/** Operator, key and values as a condition. */
export function when(operator: string, key: string, values: string | readonly string[]): ConditionElement {
  return { [operator]: { [key]: values } };
}
