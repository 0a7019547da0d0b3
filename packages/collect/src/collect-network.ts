import { ask, askList, reportGap } from './ask.ts';
import { describeNatGateways } from './calls/describe-nat-gateways.ts';
import { describeRouteTables } from './calls/describe-route-tables.ts';
import { describeVpcEndpoints } from './calls/describe-vpc-endpoints.ts';
import { describeVpcs } from './calls/describe-vpcs.ts';
import type { Read } from './calls/read.ts';
import { emitDraft, unreadableField, unreadableOf, type Asked } from './draft.ts';
import type { Job } from './job.ts';
import type { Draft } from './line.ts';

/** The network of an account in a Region, as far as it leads to S3: a line for each part (semantics.md E, H.1). */
export async function collectNetwork(job: Job, region: string): Promise<void> {
  await Promise.all([
    collectEach(job, region, { kind: 'vpc-endpoint', read: describeVpcEndpoints }),
    collectEach(job, region, { kind: 'route-table', read: describeRouteTables }),
    collectVpcs(job, region),
  ]);
}

interface Listed {
  readonly kind: string;
  readonly read: Read;
}

/** What one list tells whole. */
async function collectEach(job: Job, region: string, { kind, read }: Listed): Promise<void> {
  for (const data of await askList(job, read, { region })) {
    emitDraft(job, { kind, accountId: job.accountId, region, data }, read);
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
