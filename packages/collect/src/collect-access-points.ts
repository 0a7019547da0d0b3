import { parseArn } from '@denyscope/model';
import { ask, askList } from './ask.ts';
import { getAccessPoint } from './calls/get-access-point.ts';
import { getAccessPointPolicy } from './calls/get-access-point-policy.ts';
import { getAccessPointPolicyStatus } from './calls/get-access-point-policy-status.ts';
import { getMultiRegionAccessPointPolicy } from './calls/get-multi-region-access-point-policy.ts';
import { getMultiRegionAccessPointPolicyStatus } from './calls/get-multi-region-access-point-policy-status.ts';
import { listAccessPoints } from './calls/list-access-points.ts';
import { listAccessPointTags } from './calls/list-access-point-tags.ts';
import { listMultiRegionAccessPoints, MULTI_REGION_HOME } from './calls/list-multi-region-access-points.ts';
import { askAll, draftOf, emitDraft, isGone, textOf } from './draft.ts';
import type { Job } from './job.ts';
import type { Draft } from './line.ts';
import type { JsonObject } from './plain.ts';

/** The access points of an account in a Region, a line each (semantics.md C.8, H.1). */
export async function collectAccessPoints(job: Job, region: string): Promise<void> {
  const listed = await askList(job, listAccessPoints, { region });
  await Promise.all(listed.map((point) => collectAccessPoint(job, region, point)));
}

const READS = [getAccessPoint, getAccessPointPolicy, getAccessPointPolicyStatus] as const;

async function collectAccessPoint(job: Job, region: string, listed: JsonObject): Promise<void> {
  const place = { region, id: textOf(listed, 'Name') ?? '' };
  const [answers, tags] = await Promise.all([
    askAll(job, READS, place),
    askAll(job, [listAccessPointTags], { region, id: arnOf(job, region, listed) }),
  ]);
  if (await isGone(answers, () => ask(job, getAccessPoint, place))) return;
  const base = {
    kind: 'access-point',
    accountId: job.accountId,
    region: homeOf(listed) ?? region,
    data: listed,
  };
  emitDraft(job, withListedFields(draftOf(base, [...answers, ...tags]), listed), listAccessPoints);
}

/** A server in AWS's place may list an access point in every Region: its ARN tells the one that it is in. */
function homeOf(listed: JsonObject): string | undefined {
  const told = parseArn(textOf(listed, 'AccessPointArn') ?? '')?.region;
  return told === '' ? undefined : told;
}

function arnOf({ accountId = '' }: Job, region: string, listed: JsonObject): string {
  const name = textOf(listed, 'Name') ?? '';
  return textOf(listed, 'AccessPointArn') ?? `arn:aws:s3:${region}:${accountId}:accesspoint/${name}`;
}

/** The listing tells the VPC of an access point too: what it told is not unreadable. */
function withListedFields(draft: Draft, listed: JsonObject): Draft {
  return { ...draft, unreadable: (draft.unreadable ?? []).filter(({ field }) => !(field in listed)) };
}

/** The multi-Region access points of an account, a line each and of no Region (semantics.md C.8, H.1). */
export async function collectMultiRegionAccessPoints(job: Job): Promise<void> {
  const listed = await askList(job, listMultiRegionAccessPoints, { region: MULTI_REGION_HOME });
  await Promise.all(listed.map((point) => collectMultiRegionAccessPoint(job, point)));
}

async function collectMultiRegionAccessPoint(job: Job, data: JsonObject): Promise<void> {
  const place = { region: MULTI_REGION_HOME, id: textOf(data, 'Name') ?? '' };
  const reads = [getMultiRegionAccessPointPolicy, getMultiRegionAccessPointPolicyStatus];
  const answers = await askAll(job, reads, place);
  if (await isGone(answers, () => ask(job, getMultiRegionAccessPointPolicy, place))) return;
  const base = { kind: 'multi-region-access-point', accountId: job.accountId, data };
  emitDraft(job, draftOf(base, answers), listMultiRegionAccessPoints);
}
