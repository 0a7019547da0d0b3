/**
 * Who and what there is, before any of it is written out. Names and ids follow from places in the plan, so one
 * account can name another's roles, buckets and keys while neither is in memory.
 */
import { keyArnOf, type KeySpec } from '../build/key.ts';
import { bucketArn, roleArn, userArn } from '../build/arn.ts';
import { hashText, lowerIdOf } from '../build/ids.ts';
import type { OrganizationId, UnitSpec } from '../build/organization.ts';
import type { WorldOptions } from './options.ts';
import { randomOf, type Random } from './random.ts';
import { PURPOSES, ROLE_NAMES, TEAMS, USER_NAMES } from './words.ts';

export interface PlannedAccount {
  readonly index: number;
  readonly id: string;
  readonly team: string;
  readonly parentId: string;
  readonly kind: 'management' | 'member' | 'suspended' | 'unscanned';
}

export interface Plan {
  readonly options: WorldOptions;
  readonly organization: OrganizationId;
  readonly rootId: string;
  readonly units: readonly UnitSpec[];
  readonly accounts: readonly [PlannedAccount, ...PlannedAccount[]];
}

/** A principal of an account, by its place. */
export interface PlannedPrincipal {
  readonly kind: 'user' | 'role' | 'sso-role' | 'linked-role';
  /** With its path. */
  readonly name: string;
  readonly arn: string;
}

export interface PlannedBucket {
  readonly name: string;
  readonly arn: string;
  readonly region: string;
}

export interface PlannedKey {
  readonly alias: string;
  readonly region: string;
  readonly arn: string;
  readonly spec: KeySpec;
}

export function planWorld(options: WorldOptions): Plan {
  const random = randomOf(options.seed, 'organization');
  const stem = lowerIdOf(`organization ${options.seed}`, 10);
  const rootId = `r-${stem.slice(0, 4)}`;
  const units = planUnits(options, rootId, random);
  const first = planAccount(options, 0, [rootId], random);
  const parents = [rootId, ...units.map((unit) => unit.id)];
  const others = Array.from({ length: Math.max(0, options.accounts - 1) }, (_, place) =>
    planAccount(options, place + 1, parents, random),
  );
  const organization = { id: `o-${stem}`, managementAccountId: first.id };
  return { options, organization, rootId, units, accounts: [first, ...others] };
}

function planUnits(options: WorldOptions, rootId: string, random: Random): readonly UnitSpec[] {
  const count = options.ouDepth === 0 ? 0 : Math.max(options.ouDepth, Math.ceil(options.accounts / 6));
  const units: UnitSpec[] = [];
  const depth = new Map([[rootId, 0]]);
  for (let index = 0; index < count; index += 1) {
    // The first units make one chain, so that the deepest level is always there.
    const open = [rootId, ...units.map((unit) => unit.id)].filter(
      (id) => (depth.get(id) ?? 0) < options.ouDepth,
    );
    const parentId = (index < options.ouDepth ? units.at(-1)?.id : random.maybe(open)) ?? rootId;
    const id = `ou-${rootId.slice(2)}-${lowerIdOf(`unit ${options.seed} ${index}`, 8)}`;
    depth.set(id, (depth.get(parentId) ?? 0) + 1);
    units.push({ id, name: `${TEAMS[index % TEAMS.length] ?? 'Unit'} ${index}`, parentId });
  }
  return units;
}

function planAccount(
  options: WorldOptions,
  index: number,
  parents: readonly string[],
  random: Random,
): PlannedAccount {
  const parentId = random.maybe(parents) ?? '';
  const team = random.maybe(TEAMS) ?? 'team';
  const suspended = random.chance(0.02);
  const unscanned = random.chance(options.oddity);
  const member = suspended ? 'suspended' : unscanned ? 'unscanned' : 'member';
  return {
    index,
    id: accountIdOf(options.seed, index),
    team,
    parentId,
    kind: index === 0 ? 'management' : member,
  };
}

/** Twelve digits, never the same twice: the step has no divisor in common with the range. */
function accountIdOf(seed: number, index: number): string {
  const range = 900_000_000_000;
  return String(100_000_000_000 + ((hashText(`accounts ${seed}`) * 199 + index * 387_654_321_937) % range));
}

/** A small number that belongs to a place, always the same. */
function placeHash(account: PlannedAccount, what: string, index: number): number {
  return hashText(`${account.id} ${what} ${index}`);
}

function wordAt(words: readonly string[], at: number): string {
  return words[at % words.length] ?? 'thing';
}

export function principalAt(account: PlannedAccount, index: number): PlannedPrincipal {
  const hash = placeHash(account, 'principal', index);
  const share = hash % 20;
  if (share < 4) {
    const name = `${wordAt(USER_NAMES, hash >>> 8)}.${index}`;
    return { kind: 'user', name, arn: userArn(account.id, name) };
  }
  if (share === 4) return ssoRole(account, hash, index);
  if (share === 5) return linkedRole(account, index);
  const path = wordAt(['', '', '', '/service/', '/team/data/'], hash >>> 16);
  const name = `${path}${wordAt(ROLE_NAMES, hash >>> 8)}-${index}`;
  return { kind: 'role', name, arn: roleArn(account.id, name) };
}

function ssoRole(account: PlannedAccount, hash: number, index: number): PlannedPrincipal {
  const set = wordAt(['Administrator', 'ReadOnly', 'Analyst', 'Billing'], hash >>> 8);
  const tail = lowerIdOf(`${account.id} sso ${index}`, 16);
  const name = `/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_${set}_${tail}`;
  return { kind: 'sso-role', name, arn: roleArn(account.id, name) };
}

function linkedRole(account: PlannedAccount, index: number): PlannedPrincipal {
  const name = `/aws-service-role/replication.s3.amazonaws.com/AWSServiceRoleForS3Replication${index}`;
  return { kind: 'linked-role', name, arn: roleArn(account.id, name) };
}

export function bucketAt(plan: Plan, account: PlannedAccount, index: number): PlannedBucket {
  const hash = placeHash(account, 'bucket', index);
  const name = `${account.team}-${wordAt(PURPOSES, hash)}-${account.id}-${index}`;
  return { name, arn: bucketArn(name), region: wordAt(plan.options.regions, hash >>> 8) };
}

/** How many keys an account has in each Region, `aws/s3` aside. */
export const KEYS_PER_REGION = 3;

export function keyAt(account: PlannedAccount, region: string, index: number): PlannedKey {
  const hash = placeHash(account, `key ${region}`, index);
  const spec: KeySpec = { region, multiRegion: hash % 7 === 0 };
  const alias = `${account.team}-${wordAt(PURPOSES, hash >>> 8)}-${index}`;
  return { alias, region, arn: keyArnOf(account.id, alias, spec), spec };
}
