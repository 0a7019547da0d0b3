import { randomOf, type Random } from '@denyscope/worlds';
import { type ClosedRequest } from './closed-request.ts';
import { IDENTITY_POLICIES } from './guarded-identities.ts';
import {
  BUCKET,
  BUCKET_POLICY,
  ENDPOINTS,
  NEIGHBOUR,
  ORGANIZATION,
  OUTSIDER,
  OWNER,
  RCPS,
  scpsOf,
} from './guarded-policies.ts';

/** Distinct requests to one guarded bucket: every one under 5 identity policies, 3 levels of SCPs, RCPs, 8 statements. */
export function guardedRequests(seed: number, count: number): readonly ClosedRequest[] {
  const random = randomOf(seed, 'guarded requests');
  const drawn = new Map<string, ClosedRequest>();
  while (drawn.size < count) {
    const request = requestOf(random);
    const { principal, action, resource, context } = request;
    const id = `${principal} ${action} ${resource} ${JSON.stringify(context)}`;
    drawn.set(id, { ...request, id });
  }
  return [...drawn.values()];
}

type Work = keyof typeof IDENTITY_POLICIES;

interface Person {
  readonly work: Work;
  readonly weight: number;
  readonly accountId: string;
  /** The ARN that asks, and that of `aws:PrincipalArn`. */
  readonly principal: string;
  readonly arn: string;
  readonly userName?: string;
}

function role(work: Work, weight: number, accountId: string, name: string): Person {
  const arn = `arn:aws:iam::${accountId}:role/${name}`;
  return { work, weight, accountId, principal: arn, arn };
}

function session(work: Work, weight: number, accountId: string, name: string): Person {
  const principal = `arn:aws:sts::${accountId}:assumed-role/${name}/nightly`;
  return { work, weight, accountId, principal, arn: `arn:aws:iam::${accountId}:role/${name}` };
}

function user(weight: number, accountId: string, userName: string): Person {
  const arn = `arn:aws:iam::${accountId}:user/${userName}`;
  return { work: 'person', weight, accountId, principal: arn, arn, userName };
}

const PEOPLE: readonly [Person, ...Person[]] = [
  role('analyst', 3, OWNER, 'Analyst'),
  session('analyst', 3, OWNER, 'Analyst'),
  session('analyst', 3, NEIGHBOUR, 'Analyst'),
  session('auditor', 2, OWNER, 'Auditor'),
  role('auditor', 1, NEIGHBOUR, 'Auditor'),
  role('loader', 3, OWNER, 'Loader'),
  session('loader', 2, NEIGHBOUR, 'Loader'),
  role('platform', 3, OWNER, 'platform/Deployer'),
  role('platform', 1, OUTSIDER, 'Deployer'),
  user(3, OWNER, 'ann'),
  user(2, OWNER, 'ben'),
  user(1, NEIGHBOUR, 'cleo'),
];

type Draw = (person: Person, random: Random) => string;

const key: Draw = ({ userName = 'ann' }, random) =>
  random.pick([
    `curated/2026/11/part-${random.below(40)}.parquet`,
    `curated/2026/10/part-${random.below(40)}.parquet`,
    `raw/2026/11/19/${random.below(90)}.json.gz`,
    `raw/2026/11/20/${random.below(90)}.json.gz`,
    `restricted/salaries-${random.below(9)}.csv`,
    `exports/${random.below(12)}.zip`,
    `home/${userName}/notes-${random.below(9)}.md`,
    `secrets/${random.below(4)}.pem`,
  ]);

const ACTIONS: readonly [Ask, ...Ask[]] = [
  { weight: 10, action: 's3:GetObject', onObject: true },
  { weight: 5, action: 's3:PutObject', onObject: true },
  { weight: 2, action: 's3:DeleteObject', onObject: true },
  { weight: 2, action: 's3:GetObjectVersion', onObject: true },
  { weight: 4, action: 's3:ListBucket', onObject: false },
  { weight: 2, action: 's3:GetBucketPolicy', onObject: false },
  { weight: 1, action: 's3:PutBucketPublicAccessBlock', onObject: false },
  { weight: 1, action: 's3:PutLifecycleConfiguration', onObject: false },
];

interface Ask {
  readonly weight: number;
  readonly action: string;
  readonly onObject: boolean;
}

function requestOf(random: Random): ClosedRequest {
  const person = random.weighted(PEOPLE);
  const ask = random.weighted(ACTIONS);
  return {
    id: '',
    principal: person.principal,
    action: ask.action,
    resource: ask.onObject ? `${BUCKET}/${key(person, random)}` : BUCKET,
    resourceAccountId: OWNER,
    context: contextOf(person, ask, random),
    identity: IDENTITY_POLICIES[person.work],
    boundary: undefined,
    scps: scpsOf(person.accountId),
    rcps: RCPS,
    bucketPolicy: BUCKET_POLICY,
    restrictPublicBuckets: true,
  };
}

function contextOf(person: Person, { action }: Ask, random: Random): ClosedRequest['context'] {
  return {
    ...callerKeys(person),
    ...networkKeys(random),
    'aws:ViaAWSService': ['false'],
    'aws:ResourceAccount': [OWNER],
    'aws:ResourceOrgID': [ORGANIZATION],
    'aws:RequestedRegion': [random.chance(0.97) ? 'eu-central-1' : 'us-east-1'],
    'aws:CurrentTime': ['2026-11-21T02:00:00Z'],
    'aws:UserAgent': [random.chance(0.97) ? 'aws-cli/2.31.0' : 's3-browser/12'],
    ...(action === 's3:PutObject' ? { 's3:x-amz-acl': [random.pick(ACLS)] } : {}),
    ...(action === 's3:ListBucket' ? { 's3:prefix': [random.pick(PREFIXES)] } : {}),
  };
}

function callerKeys({ accountId, arn, userName }: Person): ClosedRequest['context'] {
  return {
    'aws:PrincipalArn': [arn],
    'aws:PrincipalAccount': [accountId],
    'aws:PrincipalType': [userName === undefined ? 'AssumedRole' : 'User'],
    'aws:PrincipalIsAWSService': ['false'],
    ...(accountId === OUTSIDER ? {} : { 'aws:PrincipalOrgID': [ORGANIZATION] }),
    ...(userName === undefined ? {} : { 'aws:username': [userName] }),
  };
}

function networkKeys(random: Random): ClosedRequest['context'] {
  const secure = { 'aws:SecureTransport': [random.chance(0.97) ? 'true' : 'false'] };
  return random.chance(0.5)
    ? { ...secure, 'aws:SourceVpce': [random.pick(ENDPOINTS)] }
    : { ...secure, 'aws:SourceIp': [random.chance(0.9) ? '203.0.113.9' : '192.0.2.77'] };
}

const ACLS = ['bucket-owner-full-control', 'bucket-owner-full-control', 'private', 'public-read'] as const;
const PREFIXES = ['raw/2026/', 'curated/', 'home/ann/x', 'restricted/'] as const;
