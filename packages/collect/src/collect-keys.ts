import { ask, askList, reportGap, type Place } from './ask.ts';
import { describeKey } from './calls/describe-key.ts';
import { getKeyPolicy } from './calls/get-key-policy.ts';
import { listAliases } from './calls/list-aliases.ts';
import { listGrants } from './calls/list-grants.ts';
import { listKeys } from './calls/list-keys.ts';
import { listResourceTags } from './calls/list-resource-tags.ts';
import { askAll, draftOf, emitDraft, isGone, textOf, type Asked } from './draft.ts';
import type { Job } from './job.ts';
import type { JsonObject } from './plain.ts';

/** The KMS keys of an account in a Region, a line each (semantics.md D.4, D.5, H.1). */
export async function collectKeys(job: Job, region: string): Promise<void> {
  const place = { region };
  const [keys, aliases] = await Promise.all([askList(job, listKeys, place), askAliases(job, place)]);
  await Promise.all(keys.map((key) => collectKey(job, { key, aliases, region })));
}

async function askAliases(job: Job, place: Place): Promise<Asked> {
  const answer = await ask(job, listAliases, place);
  if (answer.kind === 'unreadable') reportGap(job, listAliases, place, answer);
  return { read: listAliases, answer };
}

interface ListedKey {
  readonly key: JsonObject;
  readonly aliases: Asked;
  readonly region: string;
}

async function collectKey(job: Job, { key, aliases, region }: ListedKey): Promise<void> {
  const id = textOf(key, 'KeyId') ?? '';
  const place = { region, id };
  const answers = await askAll(job, [describeKey, getKeyPolicy, listGrants, listResourceTags], place);
  if (await isGone(answers, () => ask(job, describeKey, place))) return;
  // The listing knows id and ARN, so a key whose description is unreadable still has its line.
  const KeyMetadata = { KeyId: id, Arn: textOf(key, 'KeyArn') };
  const base = { kind: 'kms-key', accountId: job.accountId, region, data: { KeyMetadata } };
  emitDraft(job, draftOf(base, [...answers, aliasesOf(aliases, id)]), listKeys);
}

/** The aliases of one key among those of the Region. */
function aliasesOf({ read, answer }: Asked, keyId: string): Asked {
  if (answer.kind !== 'seen') return { read, answer };
  return { read, answer: { ...answer, items: answer.items.filter((one) => one['TargetKeyId'] === keyId) } };
}
