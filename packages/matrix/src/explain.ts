import {
  decideKey,
  decideS3,
  isKnownAction,
  resourceTypeOf,
  type CallerFacts,
  type ObjectScope,
  type Vantage,
} from '@denyscope/engine';
import type { AccessPoint, Bucket } from '@denyscope/inventory';
import {
  parseActionName,
  parseArn,
  parseS3Resource,
  type Decision,
  type ExplainAnswer,
  type ExplainRequest,
  type ScanRef,
} from '@denyscope/model';
import { answered, invalid, notFound, type Answered } from './answered.ts';
import type { CompiledEstate } from './compiled-estate.ts';
import { accessPointFacts, bucketFacts } from './facts/bucket.ts';
import { callerFacts } from './facts/caller.ts';
import { keyFacts } from './facts/key.ts';
import { vantageOf } from './vantage.ts';

/**
 * Answers "why is this denied" for one request: verdict, condition, every layer, all blockers. A problem where the
 * request makes no sense or names what is not in the scan.
 */
export function explain(
  compiled: CompiledEstate,
  request: ExplainRequest,
  scan: ScanRef,
): Answered<ExplainAnswer> {
  const decided = decide(compiled, request);
  if (!decided.ok) return decided;
  const { id, principal, action, resource } = request;
  return answered({
    ...(id === undefined ? {} : { id }),
    principal,
    action,
    resource,
    scan,
    ...decided.answer,
  });
}

function decide(compiled: CompiledEstate, request: ExplainRequest): Answered<Decision> {
  if (!parseActionName(request.action)) {
    return invalid(
      'action',
      `\`${request.action}\` is no action: expected \`service:Name\`, as in s3:GetObject`,
    );
  }
  const caller = callerFacts(compiled, request.principal);
  if (!caller.ok) return caller;
  const via = vantageOf(compiled, request.via);
  if (!via.ok) return via;
  const asked = { request, caller: caller.answer, via: via.answer };
  const decided =
    parseArn(request.resource)?.service === 'kms'
      ? decideKeyUse(compiled, asked)
      : decideBucketUse(compiled, asked);
  return decided.ok ? answered(withActionNote(decided.answer, request.action)) : decided;
}

interface Asked {
  readonly request: ExplainRequest;
  readonly caller: CallerFacts;
  readonly via: Vantage;
}

function withActionNote(decision: Decision, action: string): Decision {
  if (isKnownAction(action) !== false) return decision;
  return {
    ...decision,
    assumptions: [...decision.assumptions, `${action} is an action, though AWS's reference does not list it`],
  };
}

function decideKeyUse(compiled: CompiledEstate, { request, caller, via }: Asked): Answered<Decision> {
  const { estate } = compiled;
  const key = estate.keys.get(request.resource);
  if (!key) return notFound('resource', `key \`${request.resource}\` is not in this scan`);
  const context = request.context ?? {};
  return answered(
    decideKey({
      caller,
      action: request.action,
      key: keyFacts(compiled, key),
      via,
      context,
      time: estate.takenAt,
    }),
  );
}

function decideBucketUse(compiled: CompiledEstate, { request, caller, via }: Asked): Answered<Decision> {
  const { estate } = compiled;
  const target = targetOf(compiled, request.resource);
  if (!target.ok) return target;
  const { bucket, accessPoint, key } = target.answer;
  const objects = scopeOf(request, key);
  if (!objects.ok) return objects;
  return answered(
    decideS3({
      caller,
      action: request.action,
      objects: objects.answer,
      bucket: bucketFacts(compiled, bucket),
      via: accessPoint ? { ...via, accessPoint: accessPointFacts(compiled, accessPoint) } : via,
      context: request.context ?? {},
      time: estate.takenAt,
    }),
  );
}

interface Target {
  readonly bucket: Bucket;
  readonly accessPoint: AccessPoint | undefined;
  /** The object's key or key pattern; undefined where the bucket itself is named. */
  readonly key: string | undefined;
}

function targetOf({ estate }: CompiledEstate, text: string): Answered<Target> {
  const resource = parseS3Resource(text);
  if (!resource)
    return invalid('resource', `\`${text}\` is not the ARN of a bucket, object, access point or KMS key`);
  const points = [...estate.accessPoints.values()].flat();
  const accessPoint =
    resource.kind === 'access-point'
      ? points.find((point) => point.arn === resource.arn)
      : points.find((point) => point.alias === resource.bucket);
  if (resource.kind === 'access-point' && !accessPoint) {
    return notFound('resource', `access point \`${resource.arn}\` is not in this scan`);
  }
  const name = accessPoint?.bucket ?? (resource.kind === 'access-point' ? '' : resource.bucket);
  const bucket = estate.buckets.get(name);
  if (!bucket) return notFound('resource', `bucket \`${name}\` is not in this scan`);
  return answered({ bucket, accessPoint, key: resource.kind === 'bucket' ? undefined : resource.key });
}

/** AWS (A.5): a bucket's action is authorised against the bucket, an object's action against the object. */
function scopeOf({ action, resource }: ExplainRequest, key: string | undefined): Answered<ObjectScope> {
  const type = resourceTypeOf(action);
  if (type === 'object' && key === undefined) {
    return invalid(
      'resource',
      `${action} is an action on objects: name \`${resource}/KEY\`, or \`${resource}/*\` for any`,
    );
  }
  if (type === 'bucket' && key !== undefined) {
    return invalid('resource', `${action} is an action on the bucket: name the bucket's ARN without a key`);
  }
  if (key === undefined) return answered({ kind: 'bucket' });
  if (key === '*') return answered({ kind: 'any-key' });
  return answered(/[*?]/.test(key) ? { kind: 'like', pattern: key } : { kind: 'key', key });
}
