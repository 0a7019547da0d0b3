import {
  decideAccessPoint,
  decideRoutes,
  decideS3,
  isOnAccessPointItself,
  resourceTypeOf,
  type ObjectScope,
  type Route,
  type S3Question,
} from '@denyscope/engine';
import type { Bucket } from '@denyscope/inventory';
import type { Decision, ExplainRequest } from '@denyscope/model';
import { answered, invalid, type Answered } from './answered.ts';
import type { CompiledEstate } from './compiled-estate.ts';
import { accessPointFacts, isMultiRegion, type AnyAccessPoint } from './facts/access-point.ts';
import { bucketFacts } from './facts/bucket.ts';
import { encryptionOfWrites, objectFacts } from './facts/object.ts';
import type { Asked } from './other-uses.ts';
import { targetOf, type Target } from './target.ts';

/** A bucket or its objects, directly or through an access point; or an access point itself. */
export function decideBucketUse(compiled: CompiledEstate, asked: Asked): Answered<Decision> {
  const { request } = asked;
  const found = targetOf(compiled, request.resource, asked.via);
  if (!found.ok) return found;
  const target = found.answer;
  if (isAboutPoint(request.action, target)) return decidePoint(compiled, asked, target);
  const objects = scopeOf(request, target.key);
  if (!objects.ok) return objects;
  const routes = routesOf(compiled, asked, { ...target, objects: objects.answer });
  if (!routes.ok) return routes;
  const [first] = routes.answer;
  const isRouted = target.point !== undefined && isMultiRegion(target.point);
  return answered(first && !isRouted ? decideS3(first.question) : decideRoutes(routes.answer));
}

/** Is the action one on the access point itself, and not on a bucket that is named as well? */
function isAboutPoint(action: string, { namesPoint }: Target): boolean {
  return isOnAccessPointItself(action) && (namesPoint || resourceTypeOf(action) === undefined);
}

/** The question to each bucket that the request may reach. */
function routesOf(
  compiled: CompiledEstate,
  asked: Asked,
  target: Target & Pick<Aimed, 'objects'>,
): Answered<readonly Route[]> {
  const reached = bucketsReached(asked.request, target);
  if (!reached.ok) return reached;
  const routes: Route[] = [];
  for (const bucket of reached.answer) {
    const { point, objects } = target;
    const question = questionOf(compiled, asked, { bucket, point, objects });
    if (!question.ok) return question;
    routes.push({ bucketName: bucket.name, question: question.answer });
  }
  return answered(routes);
}

interface Aimed {
  readonly bucket: Bucket;
  readonly point: AnyAccessPoint | undefined;
  readonly objects: ObjectScope;
}

function questionOf(
  compiled: CompiledEstate,
  { request, caller, via }: Asked,
  { bucket, point, objects }: Aimed,
): Answered<S3Question> {
  const { action, operation, context = {} } = request;
  const use = { bucket, caller, action, context };
  const object = objectFacts(compiled, use, request.object);
  if (!object.ok) return object;
  return answered({
    caller,
    action,
    operation,
    object: object.answer,
    encryptionOfWrites: encryptionOfWrites(compiled, use),
    objects,
    bucket: bucketFacts(compiled, bucket),
    via: point ? { ...via, accessPoint: accessPointFacts(compiled, point) } : via,
    endpoints: compiled.estate.endpoints,
    context,
    time: compiled.estate.takenAt,
  });
}

/** AWS (C.1, H.1): a multi-Region access point is managed in one Region, whichever its buckets are in. */
const CONTROL_REGION = 'us-west-2';

function decidePoint(
  compiled: CompiledEstate,
  { request, caller, via }: Asked,
  { point, namesPoint, key }: Target,
): Answered<Decision> {
  const { action, context = {} } = request;
  if (!point || !namesPoint || key !== undefined) {
    return invalid('resource', `${action} is an action on an access point: name the access point's ARN`);
  }
  return answered(
    decideAccessPoint({
      caller,
      action,
      point: accessPointFacts(compiled, point),
      region: isMultiRegion(point) ? CONTROL_REGION : point.region,
      via,
      context,
      time: compiled.estate.takenAt,
    }),
  );
}

/** The buckets that the request may be routed to: `routed-to` in its context leaves one. */
function bucketsReached({ context = {} }: ExplainRequest, { buckets }: Target): Answered<readonly Bucket[]> {
  const said = Object.entries(context).find(([key]) => key.toLowerCase() === 'routed-to');
  if (!said) return answered(buckets);
  const left = buckets.filter(({ name }) => said[1]?.includes(name) === true);
  if (left.length > 0) return answered(left);
  const names = buckets.map(({ name }) => `\`${name}\``).join(', ');
  return invalid('context', `/routed-to: expected one of ${names}`);
}

/** AWS (A.5): a bucket's action is authorised against the bucket, an object's action against the object. */
function scopeOf({ action, resource }: ExplainRequest, key: string | undefined): Answered<ObjectScope> {
  const type = resourceTypeOf(action);
  if (type === 'object' && key === undefined) {
    const objects = resource.includes(':accesspoint/') ? `${resource}/object` : resource;
    return invalid(
      'resource',
      `${action} is an action on objects: name \`${objects}/KEY\`, or \`${objects}/*\` for any`,
    );
  }
  if (type === 'bucket' && key !== undefined) {
    return invalid('resource', `${action} is an action on the bucket: name the bucket's ARN without a key`);
  }
  if (key === undefined) return answered({ kind: 'bucket' });
  if (key === '*') return answered({ kind: 'any-key' });
  return answered(/[*?]/.test(key) ? { kind: 'like', pattern: key } : { kind: 'key', key });
}
