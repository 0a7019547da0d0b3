import type { SnapshotLine } from '@denyscope/model';
import { ask, askList, reportGap } from './ask.ts';
import { describeOrganization } from './calls/describe-organization.ts';
import { listAccountTags } from './calls/list-account-tags.ts';
import { listAccounts } from './calls/list-accounts.ts';
import { listDelegatedAdministrators } from './calls/list-delegated-administrators.ts';
import { listDelegatedServices } from './calls/list-delegated-services.ts';
import { listRoots } from './calls/list-roots.ts';
import { collectPolicies } from './collect-policies.ts';
import { askAll, draftOf, emitDraft, isGone, textOf, unreadableOf, type Asked } from './draft.ts';
import { lineStream, type CollectOptions, type Job } from './job.ts';
import type { UnreadableField } from './line.ts';
import { isJsonObject, type JsonObject } from './plain.ts';
import { collectTree, type Tree } from './collect-tree.ts';
import type { RoleOptions } from './session.ts';

/** How to read the organization. */
export interface OrganizationOptions extends CollectOptions {
  /**
   * The account and role to read it through: the management account, or a delegated administrator (semantics.md
   * H.5). Without them, the scanner's own credentials are such an account's.
   */
  readonly through?: { readonly accountId: string; readonly role: RoleOptions } | undefined;
}

/** AWS: the quotas of Organizations are a few calls a second for the whole organization (semantics.md H.2). */
const CONCURRENCY = 4;

/**
 * Reads the organization: its tree, accounts and policies, as lines of the snapshot. No line at all comes out where
 * the account is in no organization. The `account` lines lack what only the account itself knows;
 * `collectAccount` completes them.
 */
export function collectOrganization(options: OrganizationOptions): AsyncIterable<SnapshotLine> {
  const entrance = options.through ?? {};
  return lineStream({ concurrency: CONCURRENCY, ...options, ...entrance }, scanOrganization);
}

async function scanOrganization(job: Job): Promise<void> {
  const region = job.homeRegion;
  const described = await ask(job, describeOrganization, { region });
  if (described.kind === 'absent') return;
  const roots: Asked = { read: listRoots, answer: await ask(job, listRoots, { region }) };
  emitOrganization(job, { read: describeOrganization, answer: described }, roots);
  const nodes = collectTree(job, itemsOf(roots));
  await Promise.all([
    nodes.then((tree) => collectAccounts(job, tree)),
    collectPolicies(job, enabledTypes(roots)),
    collectDelegatedAdministrators(job),
  ]);
}

function itemsOf({ answer }: Asked): readonly JsonObject[] {
  return answer.kind === 'seen' || answer.kind === 'unreadable' ? answer.items : [];
}

function emitOrganization(job: Job, described: Asked, roots: Asked): void {
  const place = { region: job.homeRegion };
  for (const { read, answer } of [described, roots]) {
    if (answer.kind === 'unreadable' || answer.kind === 'gone') reportGap(job, read, place, answer);
  }
  for (const { PolicyTypes: _, ...data } of itemsOf(roots)) emitDraft(job, { kind: 'root', data }, listRoots);
  if (described.answer.kind !== 'seen') return;
  const types = enabledTypes(roots);
  const base = {
    kind: 'organization',
    data: types === undefined ? {} : { EnabledPolicyTypes: types },
    unreadable: types === undefined ? unreadableOf(roots).filter(isOfOrganization) : [],
  };
  emitDraft(job, draftOf(base, [described]), describeOrganization);
}

function isOfOrganization({ field }: UnreadableField): boolean {
  return field === 'EnabledPolicyTypes';
}

/** AWS: a policy type limits nothing unless it is enabled on the root (semantics.md B.3). */
function enabledTypes({ answer }: Asked): readonly string[] | undefined {
  if (answer.kind !== 'seen') return undefined;
  return answer.items.flatMap(({ PolicyTypes }) =>
    Array.isArray(PolicyTypes) ? PolicyTypes.flatMap(enabledType) : [],
  );
}

function enabledType(type: unknown): readonly string[] {
  if (!isJsonObject(type) || type['Status'] !== 'ENABLED') return [];
  const name = textOf(type, 'Type');
  return name === undefined ? [] : [name];
}

async function collectAccounts(job: Job, tree: Tree): Promise<void> {
  const listed = await askList(job, listAccounts, { region: job.homeRegion });
  const accounts = new Map([...tree.accounts, ...listed].map((data) => [textOf(data, 'Id') ?? '', data]));
  await Promise.all(Array.from(accounts.values(), (data) => collectAccountLine(job, data, tree)));
}

async function collectAccountLine(job: Job, data: JsonObject, tree: Tree): Promise<void> {
  const accountId = textOf(data, 'Id');
  const ParentId = tree.parents.get(accountId ?? '');
  const tags = await ask(job, listAccountTags, { region: job.homeRegion, id: accountId ?? '' });
  // AWS: an account that left the organization meanwhile is none of its accounts any more.
  if (tags.kind === 'gone') return;
  const base = {
    kind: 'account',
    accountId,
    data: { ...data, ...(ParentId !== undefined && { ParentId }) },
    unreadable: ParentId === undefined ? [tree.unknownParent] : [],
  };
  emitDraft(job, draftOf(base, [{ read: listAccountTags, answer: tags }]), listAccounts);
}

async function collectDelegatedAdministrators(job: Job): Promise<void> {
  const listed = await askList(job, listDelegatedAdministrators, { region: job.homeRegion });
  const accounts = new Map(listed.map((data) => [textOf(data, 'Id') ?? '', data]));
  await Promise.all(Array.from(accounts.values(), (data) => collectDelegatedAdministrator(job, data)));
}

async function collectDelegatedAdministrator(job: Job, data: JsonObject): Promise<void> {
  const accountId = textOf(data, 'Id');
  const place = { region: job.homeRegion, id: accountId ?? '' };
  const answers = await askAll(job, [listDelegatedServices], place);
  if (await isGone(answers, () => ask(job, listDelegatedServices, place))) return;
  const base = { kind: 'delegated-administrator', accountId, data };
  emitDraft(job, draftOf(base, answers), listDelegatedAdministrators);
}
