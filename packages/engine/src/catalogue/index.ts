import {
  ACTIONS,
  GLOBAL_KEYS,
  KEY_SETS,
  KEY_TYPES,
  RCP_SERVICES,
  RESOURCE_ARNS,
} from './tables.generated.ts';

/** How the values of a condition key are compared by nature, whatever operator a policy uses. */
export type KeyType = 'string' | 'bool' | 'number' | 'date' | 'ip' | 'arn';

/** Types of the global keys that are not plain strings: semantics.md C.12, I-KEYS. */
const GLOBAL_TYPES: ReadonlyMap<string, KeyType> = new Map([
  ['aws:currenttime', 'date'],
  ['aws:epochtime', 'date'],
  ['aws:tokenissuetime', 'date'],
  ['aws:multifactorauthage', 'number'],
  ['aws:multifactorauthpresent', 'bool'],
  ['aws:principalisawsservice', 'bool'],
  ['aws:securetransport', 'bool'],
  ['aws:viaawsservice', 'bool'],
  ['aws:sourceip', 'ip'],
  ['aws:vpcsourceip', 'ip'],
  ['aws:principalarn', 'arn'],
  ['aws:sourcearn', 'arn'],
  // The reference says ARN, but a client may send a key's id or alias (semantics.md C.12).
  ['s3:x-amz-server-side-encryption-aws-kms-key-id', 'string'],
]);

/** Global keys of several values: semantics.md A.9. */
const GLOBAL_MULTI_VALUED: ReadonlySet<string> = new Set([
  'aws:calledvia',
  'aws:principalorgpaths',
  'aws:principalservicenameslist',
  'aws:resourceorgpaths',
  'aws:sourceorgpaths',
  'aws:tagkeys',
  'aws:vpceorgpaths',
]);

const SERVICE_TYPES: ReadonlyMap<string | undefined, KeyType> = new Map([
  ['Bool', 'bool'],
  ['Numeric', 'number'],
  ['Date', 'date'],
  ['ARN', 'arn'],
]);

// Maps, since a policy may name a key as an object's own members are named.
const actions: ReadonlyMap<string, readonly [string, number]> = new Map(Object.entries(ACTIONS));
const keyTypes: ReadonlyMap<string, string> = new Map(Object.entries(KEY_TYPES));
const arns: ReadonlyMap<string, string> = new Map(Object.entries(RESOURCE_ARNS));
const globalKeys: ReadonlySet<string> = new Set(GLOBAL_KEYS);
const rcpServices: ReadonlySet<string> = new Set(RCP_SERVICES);
const keySets = KEY_SETS.map((set) => new Set(set.split(' ')));

/** A key with a part of its own, such as a tag's key, as the catalogue spells it: `aws:resourcetag/*`. */
function catalogueKey(key: string): string {
  const slash = key.indexOf('/');
  if (slash >= 0) return `${key.slice(0, slash)}/*`;
  return key.startsWith('kms:encryptioncontext:') ? 'kms:encryptioncontext:*' : key;
}

/** What the values of a key are, by AWS's reference; text where it does not say. */
export function keyType(key: string): KeyType {
  const name = catalogueKey(key.toLowerCase());
  return GLOBAL_TYPES.get(name) ?? SERVICE_TYPES.get(keyTypes.get(name)) ?? 'string';
}

/** Does the key hold a list of values in AWS's reference? */
export function isMultiValuedKey(key: string): boolean {
  const name = catalogueKey(key.toLowerCase());
  return GLOBAL_MULTI_VALUED.has(name) || (keyTypes.get(name)?.startsWith('ArrayOf') ?? false);
}

/** AWS: a key that an action does not carry is absent from its requests (semantics.md C.12, applicability check). */
export function actionCarriesKey(action: string, key: string): boolean {
  const name = catalogueKey(key.toLowerCase());
  const row = actions.get(action.toLowerCase());
  if (row && keySets[row[1]]?.has(name)) return true;
  return globalKeys.has(name) && !isResourceKey(name);
}

/** Global keys that are there only for resource types and actions that list them. */
function isResourceKey(name: string): boolean {
  return name === 'aws:resourcetag/*' || name === 'aws:requesttag/*' || name === 'aws:tagkeys';
}

/** Do resource control policies reach this service's resources (semantics.md B.3, I.12)? */
export function supportsRcps(service: string): boolean {
  return rcpServices.has(service);
}

/** Is this an action of S3, KMS or STS that AWS's reference lists? Undefined for other services. */
export function isKnownAction(action: string): boolean | undefined {
  const name = action.toLowerCase();
  const service = name.slice(0, name.indexOf(':'));
  if (service !== 's3' && service !== 'kms' && service !== 'sts') return undefined;
  return actions.has(name);
}

/** What an S3 action is authorised against (semantics.md A.5, C.1). */
export function resourceTypeOf(action: string): 'object' | 'bucket' | 'any' | undefined {
  const row = actions.get(action.toLowerCase());
  if (!row) return undefined;
  const types = row[0].split(' ');
  if (types.includes('object')) return types.includes('bucket') ? 'any' : 'object';
  return types.includes('bucket') ? 'bucket' : undefined;
}

/** A kind of resource, and its ARN with `${…}` for what its owner names. */
export interface ResourceType {
  readonly name: string;
  readonly arn: string;
}

/** What an action can be authorised against; none: everything or nothing (A.5). Undefined where it is not known. */
export function resourceTypesOf(action: string): readonly ResourceType[] | undefined {
  const row = actions.get(action.toLowerCase());
  if (!row) return undefined;
  const service = action.slice(0, action.indexOf(':')).toLowerCase();
  const names = row[0].split(' ').filter((name) => name !== '');
  return names.map((name) => ({ name, arn: arns.get(`${service}:${name}`) ?? '*' }));
}

/** Is there such a condition key? Undefined for keys of services and of identity providers that nobody lists here. */
export function isKnownKey(key: string): boolean | undefined {
  const name = catalogueKey(key.toLowerCase());
  if (globalKeys.has(name) || keyTypes.has(name)) return true;
  return /^(aws|s3|kms|sts):/.test(name) ? false : undefined;
}
