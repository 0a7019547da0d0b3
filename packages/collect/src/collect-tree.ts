import { NOT_COLLECTED } from '@denyscope/model';
import { ask, askList, reportGap, type Answer } from './ask.ts';
import { listAccountsForParent } from './calls/list-accounts-for-parent.ts';
import { listOrganizationalUnits } from './calls/list-organizational-units.ts';
import { emitDraft, textOf, unreadableField } from './draft.ts';
import type { Job } from './job.ts';
import type { UnreadableField } from './line.ts';
import type { JsonObject } from './plain.ts';

/** What the tree tells of the accounts. */
export interface Tree {
  /** Account id → id of the root or unit directly above it. */
  readonly parents: ReadonlyMap<string, string>;
  /** Every account that was met in the tree. */
  readonly accounts: readonly JsonObject[];
  /** Why an account that was not met has no parent. */
  readonly unknownParent: UnreadableField;
}

interface Walk {
  readonly parents: Map<string, string>;
  readonly accounts: JsonObject[];
  readonly failures: UnreadableField[];
}

/** Walks down from the roots: a line for each unit, and the parent of each account (semantics.md H.1, H.2). */
export async function collectTree(job: Job, roots: readonly JsonObject[]): Promise<Tree> {
  const walk: Walk = { parents: new Map(), accounts: [], failures: [] };
  await Promise.all(roots.map((root) => visit(job, walk, textOf(root, 'Id') ?? '')));
  const unmet = unreadableField('ParentId', NOT_COLLECTED, 'the account is not in the tree that was read');
  return { ...walk, unknownParent: walk.failures[0] ?? unmet };
}

async function visit(job: Job, walk: Walk, id: string): Promise<void> {
  await Promise.all([visitUnits(job, walk, id), visitAccounts(job, walk, id)]);
}

async function visitUnits(job: Job, walk: Walk, ParentId: string): Promise<void> {
  const units = await askList(job, listOrganizationalUnits, { region: job.homeRegion, id: ParentId });
  for (const unit of units) {
    emitDraft(job, { kind: 'organizational-unit', data: { ...unit, ParentId } }, listOrganizationalUnits);
  }
  await Promise.all(units.map((unit) => visit(job, walk, textOf(unit, 'Id') ?? '')));
}

async function visitAccounts(job: Job, walk: Walk, parentId: string): Promise<void> {
  const place = { region: job.homeRegion, id: parentId };
  const answer = await ask(job, listAccountsForParent, place);
  for (const account of seenOf(answer)) {
    walk.parents.set(textOf(account, 'Id') ?? '', parentId);
    walk.accounts.push(account);
  }
  if (answer.kind !== 'unreadable') return;
  reportGap(job, listAccountsForParent, place, answer);
  walk.failures.push(unreadableField('ParentId', answer.reason, answer.message));
}

function seenOf(answer: Answer): readonly JsonObject[] {
  return answer.kind === 'seen' || answer.kind === 'unreadable' ? answer.items : [];
}
