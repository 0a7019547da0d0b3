import { ask, askList } from './ask.ts';
import { describePolicy } from './calls/describe-policy.ts';
import {
  listResourceControlPolicies,
  listS3Policies,
  listServiceControlPolicies,
} from './calls/list-policies.ts';
import { listTargetsForPolicy } from './calls/list-targets-for-policy.ts';
import type { Read } from './calls/read.ts';
import { askAll, draftOf, emitDraft, textOf, type Asked } from './draft.ts';
import type { Job } from './job.ts';
import type { JsonObject } from './plain.ts';

const LISTS: readonly (readonly [type: string, read: Read])[] = [
  ['SERVICE_CONTROL_POLICY', listServiceControlPolicies],
  ['RESOURCE_CONTROL_POLICY', listResourceControlPolicies],
  ['S3_POLICY', listS3Policies],
];

/**
 * The organization policies of the types that are enabled, or of all types where that is not known, each with its
 * document and targets (semantics.md B.3, H.2).
 */
export async function collectPolicies(job: Job, enabled: readonly string[] | undefined): Promise<void> {
  const wanted = LISTS.filter(([type]) => enabled === undefined || enabled.includes(type));
  await Promise.all(wanted.map(([, read]) => collectPoliciesOf(job, read)));
}

async function collectPoliciesOf(job: Job, listing: Read): Promise<void> {
  const policies = await askList(job, listing, { region: job.homeRegion });
  await Promise.all(policies.map((policy) => collectPolicy(job, listing, policy)));
}

async function collectPolicy(job: Job, listing: Read, data: JsonObject): Promise<void> {
  const place = { region: job.homeRegion, id: textOf(data, 'Id') ?? '' };
  const answers = await askAll(job, [describePolicy, listTargetsForPolicy], place);
  const isDropped =
    answers.some(({ answer }) => answer.kind === 'gone') &&
    (await ask(job, describePolicy, place)).kind === 'gone';
  if (isDropped) return;
  emitDraft(job, draftOf({ kind: 'organization-policy', data }, answers.map(withTargetIds)), listing);
}

/** Targets come with name and type; the snapshot keeps their ids. */
function withTargetIds({ read, answer }: Asked): Asked {
  if (read !== listTargetsForPolicy || answer.kind !== 'seen') return { read, answer };
  const ids = answer.items.flatMap((target) => textOf(target, 'TargetId') ?? []);
  const fields: Read = { ...read, answers: 'fields' };
  return { read: fields, answer: { kind: 'seen', items: [{ TargetIds: ids }] } };
}
