import { ask, askList } from './ask.ts';
import { getBucketLocation } from './calls/get-bucket-location.ts';
import { BUCKET_READS } from './calls/index.ts';
import { listBuckets } from './calls/list-buckets.ts';
import { askAll, draftOf, emitDraft, isGone, textOf, unreadableOf, type Asked } from './draft.ts';
import type { Job } from './job.ts';
import type { Draft, UnreadableField } from './line.ts';
import { isJsonObject, type JsonObject } from './plain.ts';

/** What the buckets tell of their account. */
export interface BucketOwner {
  /** The account's canonical user id, where the listing says it. */
  readonly owner: string | undefined;
  /** The Regions in which the account has a bucket. */
  readonly regions: readonly string[];
}

/** The buckets of an account, a line each, with all that `BUCKET_READS` tells of them (semantics.md H.1, H.3). */
export async function collectBuckets(job: Job): Promise<BucketOwner> {
  const items = await askList(job, listBuckets, { region: job.homeRegion });
  const owner = items.flatMap((item) => ownerId(item) ?? [])[0];
  const buckets = items.flatMap(({ bucket }) => (isJsonObject(bucket) ? [bucket] : []));
  const regions = await Promise.all(buckets.map((bucket) => collectBucket(job, bucket, owner)));
  return { owner, regions: regions.flatMap((region) => region ?? []) };
}

function ownerId({ Owner }: JsonObject): string | undefined {
  return isJsonObject(Owner) ? textOf(Owner, 'ID') : undefined;
}

/** Comes back with the bucket's Region, where it is known. */
async function collectBucket(
  job: Job,
  listed: JsonObject,
  owner: string | undefined,
): Promise<string | undefined> {
  const base = await withRegion(job, listed);
  const id = textOf(listed, 'Name') ?? '';
  const place = { region: base.region ?? job.homeRegion, id };
  const answers = await askAll(job, BUCKET_READS, place);
  if (await isGone(answers, () => ask(job, getBucketLocation, place))) return undefined;
  emitDraft(job, withOwner(draftOf(base, answers), owner), listBuckets);
  return base.region;
}

// AWS: a paged listing tells each bucket's Region (semantics.md H.3); servers in AWS's place may not.
async function withRegion(job: Job, listed: JsonObject): Promise<Draft> {
  const { accountId } = job;
  const told = textOf(listed, 'BucketRegion');
  if (told !== undefined) return { kind: 'bucket', accountId, region: told, data: listed };
  const id = textOf(listed, 'Name') ?? '';
  const asked: Asked = {
    read: getBucketLocation,
    answer: await ask(job, getBucketLocation, { region: job.homeRegion, id }),
  };
  const draft = draftOf({ kind: 'bucket', accountId, data: listed }, [asked]);
  return { ...draft, region: textOf(draft.data, 'BucketRegion'), unreadable: unreadableOf(asked) };
}

/** AWS: a bucket belongs to the account that lists it, so its owner is known even where its ACL is not (H.3). */
function withOwner(draft: Draft, owner: string | undefined): Draft {
  if (owner === undefined || draft.data['Owner'] !== undefined) return draft;
  const isOther = ({ field }: UnreadableField): boolean => field !== 'Owner';
  return {
    ...draft,
    data: { ...draft.data, Owner: { ID: owner } },
    unreadable: (draft.unreadable ?? []).filter(isOther),
  };
}
