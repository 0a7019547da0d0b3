/** Requests that are worth asking of a world: aimed at what its policies name, and narrowly beside it. */
import { ACCESS_LEVELS, type ExplainRequest } from '@denyscope/model';
import type { World } from '../world.ts';
import { interestingContext } from './contexts.ts';
import { randomOf, type Random } from './random.ts';
import { indexWorld, type Target, type WorldIndex } from './world-index.ts';

const S3_ACTIONS: readonly string[] = Object.values(ACCESS_LEVELS).flat();
const NOBODY: Target = { id: 'no-such-bucket', accountId: '', named: [] };
const LIKELY_ACTIONS = [
  's3:GetObject',
  's3:GetObject',
  's3:ListBucket',
  's3:PutObject',
  's3:DeleteObject',
] as const;
const KEY_ACTIONS = ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'] as const;
const OBJECT_ACTION = /Object/;

const SERVICES = [
  'cloudtrail.amazonaws.com',
  'logging.s3.amazonaws.com',
  'cloudfront.amazonaws.com',
] as const;

interface Draw {
  readonly index: WorldIndex;
  readonly random: Random;
}

/**
 * `n` explain requests for a world, the same for the same seed. Each takes a bucket or key of the world, a principal
 * that its policies name or that belongs to its account (or, as a near miss, any other), an action, and a context
 * with some keys closed to values that policies of the world compare with.
 */
export function interestingRequests(world: World, seed: number, n: number): readonly ExplainRequest[] {
  const index = indexWorld(world);
  const random = randomOf(seed, 'requests');
  return Array.from({ length: n }, (_, place) => ({
    id: `${seed}-${place}`,
    ...requestOf({ index, random }),
  }));
}

function requestOf(draw: Draw): ExplainRequest {
  const { index, random } = draw;
  const key = random.chance(0.08) ? random.maybe(index.keys) : undefined;
  if (key === undefined) return s3Request(draw, random.maybe(index.buckets) ?? NOBODY);
  return { principal: principalFor(draw, key), action: random.pick(KEY_ACTIONS), resource: key.id };
}

function s3Request(draw: Draw, target: Target): ExplainRequest {
  const { index, random } = draw;
  const principal = principalFor(draw, target);
  const bucket = grantedBucket(draw, principal) ?? target.id;
  const rare = random.chance(0.3) ? random.maybe(S3_ACTIONS) : undefined;
  const action = rare ?? random.pick(LIKELY_ACTIONS);
  const resource = OBJECT_ACTION.test(action) ? objectOf(bucket, random) : `arn:aws:s3:::${bucket}`;
  return { principal, action, resource, ...viaOf(draw, bucket), ...interestingContext(index.texts, random) };
}

/** Somebody whom the target's policy names, somebody of its account, or, as a near miss, anybody. */
function principalFor({ index, random }: Draw, target: Target): string {
  const choice = random.below(20);
  if (choice === 0) return 'anonymous';
  if (choice === 1) return random.pick(SERVICES);
  const named = choice < 8 ? target.named : [];
  const own = choice < 15 ? (index.principalsOf.get(target.accountId) ?? []) : [];
  const candidates = [named, own, index.principals].find((list) => list.length > 0) ?? [];
  return sessionOf(random.maybe(candidates) ?? 'anonymous', random);
}

/** One request in ten is of a certain session of the role. */
function sessionOf(principal: string, random: Random): string {
  if (!principal.includes(':role/') || !random.chance(0.1)) return principal;
  const [, , , , account] = principal.split(':');
  return `arn:aws:sts::${account ?? ''}:assumed-role/${principal.split('/').at(-1) ?? ''}/nightly`;
}

/** In one of three cases, a bucket that the principal's own policies name. */
function grantedBucket({ index, random }: Draw, principal: string): string | undefined {
  return random.chance(0.35) ? random.maybe(index.grantedTo.get(principal) ?? []) : undefined;
}

function objectOf(bucket: string, random: Random): string {
  const keys = ['*', '*', '*', 'raw/2026/day.parquet', 'home/ada.1/notes.txt', 'AWSLogs/1/x.gz', 'rawish'];
  return `arn:aws:s3:::${bucket}/${random.maybe(keys) ?? '*'}`;
}

function viaOf({ index, random }: Draw, bucket: string): Pick<ExplainRequest, 'via'> {
  const choice = random.below(10);
  const endpoint = random.maybe(index.endpoints);
  const accessPoint = random.maybe(index.accessPointsOf.get(bucket) ?? []);
  if (choice < 2) return { via: 'internet' };
  if (choice < 4 && endpoint !== undefined) return { via: endpoint };
  if (choice < 6 && accessPoint !== undefined) return { via: accessPoint };
  return choice === 6 ? { via: { sourceIp: random.pick(['203.0.113.9', '8.8.8.8']) } } : {};
}
