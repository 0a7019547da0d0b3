import { accountState, type SnapshotHeader, type SnapshotLine } from '@denyscope/model';
import { listOf, textOf, textsOf, type Members } from './value.ts';

/** The snapshot that is served. */
export interface ServedSnapshot {
  readonly header: SnapshotHeader;
  readonly lines: Iterable<SnapshotLine>;
}

/** A snapshot, indexed for answering. */
export interface World {
  readonly organization: Members | undefined;
  /** Who pays for the organization, and holds the scanner unless said otherwise. */
  readonly managementAccountId: string;
  /** Lines of a kind, in the snapshot's order. */
  readonly ofKind: (kind: string) => readonly SnapshotLine[];
  /** Lines of a kind that belong to an account, and to a Region where one is given. */
  readonly owned: (kind: string, accountId: string, region?: string) => readonly SnapshotLine[];
  readonly bucket: (name: string) => SnapshotLine | undefined;
  readonly account: (id: string) => Members | undefined;
  /** A root, an organizational unit or an account, by its id. */
  readonly node: (id: string) => TreeNode | undefined;
  /** What hangs below a root or an organizational unit. */
  readonly children: (parentId: string) => readonly TreeNode[];
  /** Does the snapshot tell of the account at all? */
  readonly knows: (accountId: string) => boolean;
  /** Regions in which an account has anything, or the organization, where no account is given. */
  readonly regions: (accountId?: string) => readonly string[];
}

/** The kinds of line that make up the organization's tree, each with what Organizations calls it. */
const NODE_TYPES = [
  ['root', 'ROOT'],
  ['organizational-unit', 'ORGANIZATIONAL_UNIT'],
  ['account', 'ACCOUNT'],
] as const;

export type TreeNodeType = (typeof NODE_TYPES)[number][1];

/** A node of the organization's tree. */
export interface TreeNode {
  readonly type: TreeNodeType;
  readonly data: Members;
}

/** Indexes a snapshot. */
export function worldOf({ lines }: ServedSnapshot): World {
  const all = [...lines];
  const kinds = groupBy(all, ({ kind }) => kind);
  const owners = groupBy(all, ({ kind, accountId }) => `${kind} ${accountId ?? ''}`);
  const accounts = new Map(
    (kinds.get('account') ?? []).map(({ data }) => [textOf(data, 'Id') ?? '', data] as const),
  );
  const buckets = new Map(
    (kinds.get('bucket') ?? []).map((line) => [textOf(line.data, 'Name') ?? '', line] as const),
  );
  const nodes = NODE_TYPES.flatMap(([kind, type]) =>
    (kinds.get(kind) ?? []).map(({ data }): TreeNode => ({ type, data })),
  );
  const nodesById = new Map(nodes.map((node) => [textOf(node.data, 'Id') ?? '', node] as const));
  const nodesByParent = groupBy(nodes, ({ data }) => textOf(data, 'ParentId') ?? '');
  const regions = groupBy(all, ({ accountId }) => accountId);
  const organization = kinds.get('organization')?.[0]?.data;
  return {
    organization,
    managementAccountId: managementAccount(organization, accounts),
    ofKind: (kind) => kinds.get(kind) ?? [],
    owned: (kind, accountId, region) =>
      (owners.get(`${kind} ${accountId}`) ?? []).filter(
        (line) => region === undefined || line.region === region,
      ),
    bucket: (name) => buckets.get(name),
    account: (id) => accounts.get(id),
    node: (id) => nodesById.get(id),
    children: (parentId) => nodesByParent.get(parentId) ?? [],
    knows: (accountId) => accounts.has(accountId) || regions.has(accountId),
    regions: (accountId) =>
      regionsOf(accountId === undefined ? all : (regions.get(accountId) ?? [])).toSorted(),
  };
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

function managementAccount(
  organization: Members | undefined,
  accounts: ReadonlyMap<string, Members>,
): string {
  const named = organization && textOf(organization, 'MasterAccountId');
  return named ?? accounts.keys().next().value ?? '000000000000';
}

function regionsOf(lines: readonly SnapshotLine[]): readonly string[] {
  return [...new Set(lines.flatMap(({ region }) => (region === undefined ? [] : [region])))];
}

/** May the account still be entered? */
export function isActive(account: Members | undefined): boolean {
  return ((account && accountState(account)) ?? 'ACTIVE') === 'ACTIVE';
}

/** The Regions that an account has enabled, in the line's order: where the line does not say, all that are in use. */
export function enabledRegions(world: World, accountId: string): readonly string[] {
  const account = world.account(accountId);
  const said = account && listOf(account, 'EnabledRegions') && textsOf(account, 'EnabledRegions');
  if (said !== undefined) return said;
  const used = world.regions();
  return used.length > 0 ? used : ['us-east-1'];
}

/** The canonical user id of an account: its own, or that of the owner of one of its buckets. */
export function canonicalUserId(world: World, accountId: string): string | undefined {
  const account = world.account(accountId);
  const said = account && textOf(account, 'CanonicalUserId');
  if (said !== undefined) return said;
  const owners = world.owned('bucket', accountId).map(({ data }) => data['Owner']);
  for (const owner of owners) {
    if (typeof owner === 'object' && owner !== null && 'ID' in owner && typeof owner.ID === 'string') {
      return owner.ID;
    }
  }
  return undefined;
}
