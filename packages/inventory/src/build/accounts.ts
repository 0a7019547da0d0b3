import {
  accountState,
  parseAccountId,
  snapshotLineOwner,
  type AccountId,
  type CoverageGap,
} from '@denyscope/model';
import type { Account, OrganizationNode } from '../estate.ts';
import { byCodeUnit } from '../snapshot/canonical-order.ts';
import type { LineOf } from './lines.ts';
import type { Reading } from './reading.ts';
import { NO_TAGS, tagMap } from './tags.ts';
import { ascend, treeGap } from './tree.ts';

/** Accounts by id, canonical user ids, and the gaps that a broken organization tree leaves. */
export interface Accounts {
  readonly accounts: ReadonlyMap<string, Account>;
  readonly canonicalUsers: ReadonlyMap<string, string>;
  readonly gaps: readonly CoverageGap[];
}

/** Every account that Organizations lists, or that any line of the snapshot belongs to. */
export function buildAccounts(reading: Reading, nodes: ReadonlyMap<string, OrganizationNode>): Accounts {
  const organization = reading.lines.of('organization')[0];
  const management = organization?.data.MasterAccountId;
  const listed = new Map(reading.lines.of('account').map((line) => [line.data.Id, line]));
  const canonicalUsers = buildCanonicalUsers(reading);
  const canonicalOf = new Map(Array.from(canonicalUsers, ([user, account]) => [account, user]));
  const built = accountIds(reading, management).map((id) => {
    const line = listed.get(id);
    const place = organization && line ? placeOf(line, nodes) : NOWHERE;
    return { gap: place.gap, account: buildAccount({ id, line, path: place.path, management, canonicalOf }) };
  });
  return {
    accounts: new Map(built.map(({ account }) => [account.id, account])),
    canonicalUsers,
    gaps: distinct(built.flatMap(({ gap }) => gap ?? [])),
  };
}

interface Parts {
  readonly id: AccountId;
  readonly line: LineOf<'account'> | undefined;
  readonly path: readonly string[];
  readonly management: string | undefined;
  readonly canonicalOf: ReadonlyMap<string, string>;
}

function buildAccount({ id, line, path, management, canonicalOf }: Parts): Account {
  const { data } = line ?? {};
  return {
    id,
    name: data?.Name,
    state: data && accountState(data),
    path,
    isManagementAccount: id === management,
    inOrganization: line !== undefined || id === management,
    tags: data?.Tags ? tagMap(data.Tags) : NO_TAGS,
    canonicalUserId: canonicalOf.get(id),
    enabledRegions: data?.EnabledRegions,
  };
}

function accountIds(reading: Reading, management: string | undefined): readonly AccountId[] {
  const named = [management, ...reading.lines.of('account').map(({ data }) => data.Id)];
  const parsed = named.flatMap((id) => parseAccountId(id ?? '') ?? []);
  return Array.from(new Set([...parsed, ...reading.lines.accountIds])).toSorted(byCodeUnit);
}

interface Place {
  readonly path: readonly string[];
  readonly gap?: CoverageGap;
}

const NOWHERE: Place = { path: [] };

function placeOf({ data }: LineOf<'account'>, nodes: ReadonlyMap<string, OrganizationNode>): Place {
  if (data.ParentId === undefined) return { path: [], gap: treeGap(data.Id, 'MissingParent') };
  const way = ascend(nodes, data.ParentId);
  return way.kind === 'complete' ? { path: way.path } : { path: [], gap: treeGap(way.at, way.reason) };
}

function distinct(gaps: readonly CoverageGap[]): readonly CoverageGap[] {
  return Array.from(new Map(gaps.map((gap) => [`${gap.reason} ${gap.effect}`, gap])).values());
}

/** Canonical user ids, as the owner of a bucket shows its account's, and as the account's own line says. */
function buildCanonicalUsers(reading: Reading): ReadonlyMap<string, string> {
  const owners = reading.lines
    .of('bucket')
    .map((line) => [line.data.Owner?.ID, snapshotLineOwner(line)] as const);
  const accounts = reading.lines.of('account').map(({ data }) => [data.CanonicalUserId, data.Id] as const);
  const pairs = [...owners, ...accounts].flatMap(([user, account]) =>
    user === undefined || account === undefined ? [] : [[user, account] as const],
  );
  return new Map(pairs);
}
