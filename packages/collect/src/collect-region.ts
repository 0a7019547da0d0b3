import { ask, askList, reportGap } from './ask.ts';
import { describeNatGateways } from './calls/describe-nat-gateways.ts';
import { describeVpcEndpoints } from './calls/describe-vpc-endpoints.ts';
import { describeVpcs } from './calls/describe-vpcs.ts';
import { getAccessPoint } from './calls/get-access-point.ts';
import { getAccessPointPolicy } from './calls/get-access-point-policy.ts';
import { listAccessPoints } from './calls/list-access-points.ts';
import { collectKeys } from './collect-keys.ts';
import {
  askAll,
  draftOf,
  emitDraft,
  isGone,
  textOf,
  unreadableField,
  unreadableOf,
  type Asked,
} from './draft.ts';
import type { Job } from './job.ts';
import type { Draft } from './line.ts';
import type { JsonObject } from './plain.ts';

/** What an account has in one Region besides its buckets: access points, keys, VPC endpoints and VPCs. */
export async function collectRegion(job: Job, region: string): Promise<void> {
  await Promise.all([
    collectAccessPoints(job, region),
    collectKeys(job, region),
    collectEndpoints(job, region),
    collectVpcs(job, region),
  ]);
}

async function collectAccessPoints(job: Job, region: string): Promise<void> {
  const listed = await askList(job, listAccessPoints, { region });
  await Promise.all(listed.map((point) => collectAccessPoint(job, region, point)));
}

async function collectAccessPoint(job: Job, region: string, listed: JsonObject): Promise<void> {
  const place = { region, id: textOf(listed, 'Name') ?? '' };
  const answers = await askAll(job, [getAccessPoint, getAccessPointPolicy], place);
  if (await isGone(answers, () => ask(job, getAccessPoint, place))) return;
  const base = { kind: 'access-point', accountId: job.accountId, region, data: listed };
  emitDraft(job, withListedFields(draftOf(base, answers), listed), listAccessPoints);
}

/** The listing tells the VPC of an access point too: what it told is not unreadable. */
function withListedFields(draft: Draft, listed: JsonObject): Draft {
  return { ...draft, unreadable: (draft.unreadable ?? []).filter(({ field }) => !(field in listed)) };
}

async function collectEndpoints(job: Job, region: string): Promise<void> {
  for (const data of await askList(job, describeVpcEndpoints, { region })) {
    const draft = { kind: 'vpc-endpoint', accountId: job.accountId, region, data };
    emitDraft(job, draft, describeVpcEndpoints);
  }
}

async function collectVpcs(job: Job, region: string): Promise<void> {
  const [vpcs, gateways] = await Promise.all([
    askList(job, describeVpcs, { region }),
    askNatGateways(job, region),
  ]);
  for (const data of vpcs) {
    const draft = { kind: 'vpc', accountId: job.accountId, region, data };
    emitDraft(job, withNatGateway(draft, gateways), describeVpcs);
  }
}

async function askNatGateways(job: Job, region: string): Promise<Asked> {
  const answer = await ask(job, describeNatGateways, { region });
  if (answer.kind === 'unreadable') reportGap(job, describeNatGateways, { region }, answer);
  return { read: describeNatGateways, answer };
}

/** `HasNatGateway` is our own word (formats.md section 1): whether any gateway stands in the VPC. */
function withNatGateway(draft: Draft, gateways: Asked): Draft {
  const { answer } = gateways;
  if (answer.kind !== 'seen') {
    const fields = answer.kind === 'absent' ? [unreadableField('HasNatGateway', 'InvalidResponse', '')] : [];
    return { ...draft, unreadable: [...unreadableOf(gateways), ...fields] };
  }
  const HasNatGateway = answer.items.some(({ VpcId }) => VpcId === draft.data['VpcId']);
  return { ...draft, data: { ...draft.data, HasNatGateway } };
}
