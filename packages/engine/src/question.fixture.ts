import { absent, parsePrincipal, seen, unreadable, type Decision, type Principal } from '@denyscope/model';
import {
  compilePolicy,
  decideClosed,
  decideS3,
  type AccessPointFacts,
  type AccountFacts,
  type BucketFacts,
  type CallerFacts,
  type ClosedQuestion,
  type EffectiveBlock,
  type KeyFacts,
  type PolicySource,
  type PolicyType,
  type S3Question,
  type Vantage,
} from './index.ts';

export const OWNER = '111122223333';
export const OTHER = '444455556666';
export const BUCKET = 'arn:aws:s3:::b';
export const ROLE = `arn:aws:iam::${OWNER}:role/app`;
export const SESSION = `arn:aws:sts::${OWNER}:assumed-role/app/jane`;
export const USER = `arn:aws:iam::${OWNER}:user/jane`;
export const FEDERATED = `arn:aws:sts::${OWNER}:federated-user/jane`;
export const ROOT = `arn:aws:iam::${OWNER}:root`;
export const FAR_ROLE = `arn:aws:iam::${OTHER}:role/app`;
export const FAR_ROOT = `arn:aws:iam::${OTHER}:root`;
export const KEY = `arn:aws:kms:eu-west-1:${OWNER}:key/k`;

export type StatementText = Readonly<Record<string, unknown>>;

/** A statement that allows `s3:*` and `kms:*` on everything, with what is given put over it. */
export function allow(over: StatementText = {}): StatementText {
  return { Effect: 'Allow', Action: ['s3:*', 'kms:*'], Resource: '*', ...over };
}

export function deny(over: StatementText = {}): StatementText {
  return { ...allow(over), Effect: 'Deny', ...over };
}

export function documentText(statements: readonly StatementText[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

/** A document of these statements. */
export function document(
  name: string,
  type: PolicyType,
  ...statements: readonly StatementText[]
): PolicySource {
  const policy = compilePolicy(documentText(statements), type);
  return { document: name, attachedTo: name, policy: seen(policy) };
}

export function hidden(name: string): PolicySource {
  return { document: name, attachedTo: name, policy: unreadable('AccessDenied') };
}

export function noDocument(name: string): PolicySource {
  return { document: name, attachedTo: name, policy: absent() };
}

export function identity(...statements: readonly StatementText[]): readonly PolicySource[] {
  return [document('identity', 'identity', ...statements)];
}

export function node(
  name: string,
  ...statements: readonly StatementText[]
): {
  node: string;
  policies: readonly PolicySource[];
} {
  return { node: name, policies: [document(name, 'organization', ...statements)] };
}

export function principalOf(text: string): Principal {
  const principal = parsePrincipal(text);
  if (!principal) throw new Error(`no principal: ${text}`);
  return principal;
}

export function account(accountId: string): AccountFacts {
  return { accountId, organization: absent() };
}

/** A caller by its ARN, without policies unless given. */
export function caller(text: string, over: Partial<CallerFacts> = {}): CallerFacts {
  const principal = principalOf(text);
  return {
    principal,
    account: 'accountId' in principal ? account(principal.accountId) : undefined,
    uniqueId: principal.kind === 'user' ? 'AIDAEXAMPLE' : 'AROAEXAMPLE',
    roleArn:
      principal.kind === 'session' ? `arn:aws:iam::${principal.accountId}:role/${principal.name}` : undefined,
    tags: seen(new Map()),
    boundaryIsKnown: true,
    identity: [],
    boundary: undefined,
    session: undefined,
    scps: undefined,
    ...over,
  };
}

/** Block Public Access, off unless given. */
export function blockOf(over: Partial<EffectiveBlock> = {}): EffectiveBlock {
  return {
    blockPublicAcls: seen(false),
    ignorePublicAcls: seen(false),
    blockPublicPolicy: seen(false),
    restrictPublicBuckets: seen(false),
    ...over,
  };
}

export const POINT = `arn:aws:s3:eu-west-1:${OWNER}:accesspoint/ap`;

/** An access point of OWNER, open to the internet: no policy, nothing blocked. */
export function accessPoint(over: Partial<AccessPointFacts> = {}): AccessPointFacts {
  return {
    arn: POINT,
    account: account(OWNER),
    isMultiRegion: false,
    networkOrigin: 'Internet',
    vpcId: undefined,
    policy: noDocument(`${POINT}#policy`),
    policyIsPublic: absent(),
    block: blockOf(),
    tags: seen(new Map()),
    rcps: undefined,
    ...over,
  };
}

/** A bucket of OWNER in eu-west-1: no policy, ACLs disabled, SSE-S3, nothing blocked. */
export function bucket(over: Partial<BucketFacts> = {}): BucketFacts {
  return {
    arn: BUCKET,
    account: account(OWNER),
    region: 'eu-west-1',
    policy: noDocument(`${BUCKET}#policy`),
    policyIsPublic: absent(),
    block: blockOf(),
    abacEnabled: seen(false),
    tags: seen(new Map()),
    rcps: undefined,
    encryption: seen({ kind: 'sse-s3' }),
    ownership: seen('BucketOwnerEnforced'),
    acl: absent(),
    payer: seen('BucketOwner'),
    objectLock: absent(),
    sseCBlocked: seen(false),
    ...over,
  };
}

export function bucketPolicy(...statements: readonly StatementText[]): PolicySource {
  return document(`${BUCKET}#policy`, 'resource', ...statements);
}

export function kmsKey(over: Partial<KeyFacts> = {}): KeyFacts {
  return {
    arn: KEY,
    account: account(OWNER),
    region: 'eu-west-1',
    state: seen('Enabled'),
    deletionDate: undefined,
    policy: keyPolicy(allow({ Principal: { AWS: ROOT } })),
    grants: seen([]),
    tags: seen(new Map()),
    aliases: seen([]),
    rcps: undefined,
    ...over,
  };
}

export function keyPolicy(...statements: readonly StatementText[]): PolicySource {
  return document(`${KEY}#policy`, 'key', ...statements);
}

export const ANYWHERE: Vantage = {
  internet: false,
  endpoint: undefined,
  accessPoint: undefined,
  sourceIp: undefined,
  service: undefined,
};

/** May the role of the bucket's account, without policies unless given, read any object? */
export function question(over: Partial<S3Question> = {}): S3Question {
  return {
    caller: caller(ROLE),
    action: 's3:GetObject',
    objects: { kind: 'any-key' },
    bucket: bucket(),
    via: ANYWHERE,
    context: {},
    time: '2026-11-22T02:00:00Z',
    ...over,
  };
}

export function decision(over: Partial<S3Question> = {}): Decision {
  return decideS3(question(over));
}

/** The verdict and its condition, or what blocks. */
export function answerOf(over: Partial<S3Question>): string {
  return inWords(decision(over));
}

export function inWords(answer: Decision): string {
  if (answer.verdict === 'denied') return `denied: ${blockersOf(answer).join(' ')}`;
  return answer.verdict === 'conditional' ? answer.conditionText : answer.verdict;
}

/** The layers that block, `!` marking an explicit Deny, in the order of the answer. */
export function blockersOf({ blockers }: Decision): readonly string[] {
  return blockers.map(
    ({ leg, layer, explicit }) => `${leg === 'kms' ? 'kms:' : ''}${layer}${explicit ? '!' : ''}`,
  );
}

/** A closed request: everything is given, nothing open. */
export function closedQuestion(over: Partial<ClosedQuestion> = {}): ClosedQuestion {
  return {
    principal: principalOf(ROLE),
    action: 's3:GetObject',
    wildcardOnlyAction: false,
    resource: `${BUCKET}/k`,
    resourceAccountId: OWNER,
    context: {},
    multiValuedKeys: [],
    identity: [],
    boundary: undefined,
    session: undefined,
    scps: undefined,
    rcps: undefined,
    endpoint: undefined,
    resourcePolicy: undefined,
    restrictPublicBuckets: false,
    bucketAbacEnabled: false,
    ...over,
  };
}

export function closedVerdict(over: Partial<ClosedQuestion> = {}): string {
  return decideClosed(closedQuestion(over)).verdict;
}
