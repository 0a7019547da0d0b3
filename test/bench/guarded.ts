import {
  compilePolicy,
  decideClosed,
  decideS3,
  verdictClosed,
  type AccountFacts,
  type PolicySource,
  type S3Question,
} from '@denyscope/engine';
import { absent, seen } from '@denyscope/model';
import { type ClosedRequest } from './closed-request.ts';
import { compared, parse, type Compared } from './compared.ts';
import { compileOnce, nodesOf, principalOf, questionOf, sourceOf, type Compile } from './engine-question.ts';
import { BUCKET, ORGANIZATION, OUTSIDER, OWNER } from './guarded-policies.ts';
import { guardedRequests } from './guarded-requests.ts';
import { rivalAnswer, simulationOf, uncheckedAnswer } from './rival.ts';
import { type Row } from './row.ts';
import { ratesOf, type Round } from './timing.ts';

const DRAWN = 300;

/** What the measures of the guarded bucket came to. */
export interface GuardedResult {
  readonly rows: readonly Row[];
  readonly compared: Compared;
  /** How many of the requests the peer answers without validation. */
  readonly unchecked: number;
}

/** Decisions per second on one thread under policies of realistic size, against the peer where it does the same. */
export async function measureGuarded(): Promise<GuardedResult> {
  const both = await compared(guardedRequests(1, DRAWN));
  const { same } = both;
  const compile = compileOnce();
  const closed = same.map((request) => questionOf(request, compile));
  const open = same.map((request) => openQuestionOf(request, compile));
  const simulations = same.map((request) => simulationOf(request, parse));
  const unchecked = simulations.filter((simulation) => uncheckedAnswer(simulation) !== undefined).length;
  const isQuick = unchecked === same.length;
  const peer: Round = async () => {
    for (const simulation of simulations) {
      if (isQuick) uncheckedAnswer(simulation);
      else await rivalAnswer(simulation);
    }
  };
  const against = async (measure: string, notes: readonly number[], ours: Round): Promise<Row> => {
    const rates = await ratesOf(same.length, ours, peer);
    return { measure: `guarded bucket, ${measure}`, ...rates, unit: '/s', notes };
  };
  const explained = await against('closed, explained', [4, 5], () => {
    for (const question of closed) decideClosed(question);
  });
  const verdicts = await against('closed, verdict alone', [4, 5], () => {
    for (const question of closed) verdictClosed(question);
  });
  const conditions = await against('open, explained', [4, 6], () => {
    for (const question of open) decideS3(question);
  });
  return { rows: [explained, verdicts, conditions, await fromText(same)], compared: both, unchecked };
}

async function fromText(requests: readonly ClosedRequest[]): Promise<Row> {
  const rates = await ratesOf(
    requests.length,
    () => {
      for (const request of requests) decideClosed(questionOf(request, compilePolicy));
    },
    async () => {
      for (const request of requests) await rivalAnswer(simulationOf(request, parse));
    },
  );
  return { measure: 'guarded bucket, closed, from policy text', ...rates, unit: '/s', notes: [3, 4] };
}

/** The same caller, action and bucket, with all open that no scan sees: any object, any network, any header. */
function openQuestionOf(request: ClosedRequest, compile: Compile): S3Question {
  const principal = principalOf(request);
  const accountId = 'accountId' in principal ? principal.accountId : OWNER;
  return {
    caller: {
      principal,
      account: accountOf(accountId),
      uniqueId: undefined,
      roleArn: request.context['aws:PrincipalArn']?.[0],
      tags: seen(new Map()),
      boundaryIsKnown: true,
      identity: request.identity.map((one) => sourceOf(one, 'identity', compile)),
      boundary: undefined,
      session: undefined,
      scps: nodesOf(request.scps, compile),
    },
    action: request.action,
    objects: request.resource === BUCKET ? { kind: 'bucket' } : { kind: 'any-key' },
    bucket: bucketOf(request, compile),
    via: {
      internet: false,
      endpoint: undefined,
      accessPoint: undefined,
      sourceIp: undefined,
      service: undefined,
    },
    context: {},
    time: '2026-11-21T02:00:00Z',
  };
}

function accountOf(accountId: string): AccountFacts {
  if (accountId === OUTSIDER) return { accountId, organization: absent() };
  return {
    accountId,
    organization: seen({ id: ORGANIZATION, path: `${ORGANIZATION}/r-a1b2/ou-a1b2-workloads/` }),
  };
}

function bucketOf({ bucketPolicy, rcps }: ClosedRequest, compile: Compile): S3Question['bucket'] {
  const on = seen(true);
  const nothing: PolicySource = { document: `${BUCKET}#policy`, attachedTo: BUCKET, policy: absent() };
  return {
    arn: BUCKET,
    account: accountOf(OWNER),
    region: 'eu-central-1',
    policy: bucketPolicy ? sourceOf(bucketPolicy, 'resource', compile) : nothing,
    policyIsPublic: absent(),
    block: { blockPublicAcls: on, blockPublicPolicy: on, ignorePublicAcls: on, restrictPublicBuckets: on },
    abacEnabled: seen(false),
    tags: seen(new Map()),
    rcps: nodesOf(rcps, compile),
    encryption: seen({ kind: 'sse-s3' }),
    ownership: seen('BucketOwnerEnforced'),
    acl: absent(),
    payer: seen('BucketOwner'),
    objectLock: absent(),
    sseCBlocked: absent(),
  };
}
