import { resourceTypesOf } from './index.ts';

/** AWS (S-AP, list of compatible operations): carried, though the authorization reference names the bucket alone. */
const CARRIED_TOO: ReadonlySet<string> = new Set(['s3:listbucketmultipartuploads']);

/** Authorised against `*`, though the request names an access point (semantics.md A.5). */
const NAMELESS: ReadonlySet<string> = new Set(['s3:getaccesspoint', 's3:putaccesspointpublicaccessblock']);

/** Of one resource of many kinds, by its ARN; an access point carries it to none. */
const TAGGING: ReadonlySet<string> = new Set([
  's3:tagresource',
  's3:untagresource',
  's3:listtagsforresource',
]);

/**
 * Does an access point carry the action to its bucket: semantics.md C.1, the rows marked AP? An action that the
 * reference does not list is taken to be carried.
 */
export function isCarriedByAccessPoints(action: string): boolean {
  const name = action.toLowerCase();
  if (TAGGING.has(name)) return false;
  const types = typesOf(action);
  if (!types || CARRIED_TOO.has(name)) return true;
  return types.has('accesspointobject') || (types.has('accesspoint') && types.has('bucket'));
}

/** Is it an action on an access point itself: its policy, its settings, its tags? */
export function isOnAccessPointItself(action: string): boolean {
  const name = action.toLowerCase();
  if (TAGGING.has(name) || NAMELESS.has(name)) return true;
  const types = typesOf(action);
  if (!types || types.has('bucket')) return false;
  return types.has('accesspoint') || types.has('multiregionaccesspoint');
}

/** Do policies name the access point for it, rather than `*`? */
export function isAuthorisedByName(action: string): boolean {
  return !NAMELESS.has(action.toLowerCase());
}

function typesOf(action: string): ReadonlySet<string> | undefined {
  const types = resourceTypesOf(action);
  return types && new Set(types.map(({ name }) => name));
}
