import { parseArn, parsePrincipal, type Layer, type Principal } from '@denyscope/model';
import { askLayer, silence, type ConcreteRequest, type LayerAnswer, type Reason } from './layer.ts';
import { askOrganization } from './organization.ts';
import { isPublicPolicy } from './public-policy.ts';
import { isOfRole } from './principal.ts';
import { askedResource, type Asked } from './statement.ts';

export interface Judgement {
  readonly verdict: 'Allowed' | 'ImplicitlyDenied' | 'ExplicitlyDenied';
  /** What granted, or everything that denied. */
  readonly because: readonly Reason[];
  /** What does not parse, and so neither grants nor denies. */
  readonly issues: LayerAnswer['issues'];
}

/** B.2: allowed where the grants suffice and nothing refuses; any explicit denial outranks the silent ones. */
export function judge(request: ConcreteRequest): Judgement {
  const caller = parsePrincipal(request.request.principal);
  if (caller === undefined) return unnamed(request.request.principal);
  const asked = askedOf(request, caller);
  const identity = askLayer('identity', 'identity', request.identityPolicies, asked);
  const limits = askLimits(request, asked);
  const resource = askResource(request, asked);
  const endpoint = askEndpoint(request, asked);
  const nodes = askOrganization(request, asked);
  const denials = [
    ...[...nodes, identity, ...limits, ...endpoint].flatMap(({ denies }) => denies),
    ...(ownerRootMendsPolicy(request, caller) ? [] : resource.denies),
    ...restrictedPublicBucket(request, caller),
    ...[...nodes, ...endpoint].flatMap(silence),
    ...missing({ request, caller, identity, limits, resource }),
  ];
  const issues = [...nodes, identity, ...limits, resource, ...endpoint].flatMap((answer) => answer.issues);
  return { ...verdictOf(denials, [...identity.allows, ...resource.allows]), issues };
}

/** B.1: silence denies, an explicit denial more so. */
export function verdictOf(denials: readonly Reason[], grants: readonly Reason[]): Omit<Judgement, 'issues'> {
  if (denials.length === 0) return { verdict: 'Allowed', because: grants };
  const explicit = denials.some(({ outcome }) => outcome === 'explicitly-denied');
  return { verdict: explicit ? 'ExplicitlyDenied' : 'ImplicitlyDenied', because: denials };
}

function unnamed(source: string): Judgement {
  return { ...verdictOf([{ layer: 'identity', outcome: 'implicitly-denied', source }], []), issues: [] };
}

function askedOf({ request, settings, permissionBoundaries }: ConcreteRequest, caller: Principal): Asked {
  // C.11: without bucket ABAC, the tags of a bucket are no context keys.
  const tagless = parseArn(request.resource)?.service === 's3' && settings?.s3?.bucketAbacEnabled !== true;
  const given = Object.entries(request.context);
  const values = tagless ? given.filter(([key]) => !/^(aws:resourcetag|s3:buckettag)\//i.test(key)) : given;
  return {
    caller,
    action: request.action,
    resource: askedResource(request.resource, request.wildcardOnlyAction === true),
    context: { values: Object.fromEntries(values), multiValued: request.multiValuedKeys ?? [] },
    hasBoundary: (permissionBoundaries ?? []).length > 0,
  };
}

/** The layers of the caller that only limit, where they are there at all. */
function askLimits(request: ConcreteRequest, asked: Asked): readonly LayerAnswer[] {
  const boundaries = request.permissionBoundaries ?? [];
  const sessions = request.sessionPolicies ?? [];
  // B.4: session policies come with role sessions and federated sessions; the latter get nothing without one.
  const hasSession = isOfRole(asked.caller) ? sessions.length > 0 : asked.caller.kind === 'federated';
  return [
    ...(boundaries.length > 0 ? [askLayer('boundary', 'boundary', boundaries, asked)] : []),
    ...(hasSession ? [askLayer('session', 'session', sessions, asked)] : []),
  ];
}

/** E: the endpoint must allow too, whoever calls; it grants nothing. Several policies are a union. */
function askEndpoint({ vpcEndpointPolicies }: ConcreteRequest, asked: Asked): readonly LayerAnswer[] {
  const policies = vpcEndpointPolicies ?? [];
  return policies.length > 0 ? [askLayer('vpc-endpoint', 'endpoint', policies, asked)] : [];
}

/** D.4: keys and roles do not trust their own account by themselves; every other resource does. */
function askResource({ request, resourcePolicy }: ConcreteRequest, asked: Asked): LayerAnswer {
  const policies = resourcePolicy === null ? [] : [{ name: 'resource policy', policy: resourcePolicy }];
  const arn = parseArn(request.resource);
  const service = request.action.toLowerCase().split(':')[0];
  const isKey = service === 'kms' && arn?.service === 'kms' && arn.resource.startsWith('key/');
  if (isKey) return askLayer('kms-key-policy', 'key', policies, asked);
  const isRole = service === 'sts' && arn?.service === 'iam';
  if (isRole) return askLayer('role-trust', 'trust', policies, asked);
  return askLayer('bucket-policy', 'resource', policies, asked);
}

/** C.7: RestrictPublicBuckets leaves a public policy to services and to the owner's own principals. */
function restrictedPublicBucket(request: ConcreteRequest, caller: Principal): readonly Reason[] {
  const { resource, resourceAccount } = request.request;
  if (request.settings?.s3?.blockPublicAccess !== true || parseArn(resource)?.service !== 's3') return [];
  const owned = 'accountId' in caller && caller.accountId === resourceAccount;
  if (owned || caller.kind === 'service' || !isPublicPolicy(request.resourcePolicy)) return [];
  return [{ layer: 'block-public-access', outcome: 'explicitly-denied', source: 'RestrictPublicBuckets' }];
}

const POLICY_ACTIONS: readonly string[] = [
  's3:getbucketpolicy',
  's3:putbucketpolicy',
  's3:deletebucketpolicy',
];

/** B.6: the bucket policy cannot lock the root user of the owner out of the bucket policy. */
function ownerRootMendsPolicy({ request }: ConcreteRequest, caller: Principal): boolean {
  const ownerRoot = caller.kind === 'root' && caller.accountId === request.resourceAccount;
  return ownerRoot && POLICY_ACTIONS.includes(request.action.toLowerCase());
}

interface Sides {
  readonly request: ConcreteRequest;
  readonly caller: Principal;
  readonly identity: LayerAnswer;
  readonly limits: readonly LayerAnswer[];
  readonly resource: LayerAnswer;
}

/** Which grants the request still needs. */
function missing(sides: Sides): readonly Reason[] {
  const { caller, request, resource } = sides;
  // B.6: anonymous callers and services have no side of their own.
  if (caller.kind === 'anonymous' || caller.kind === 'service') return silence(resource);
  const sameAccount = caller.accountId === request.request.resourceAccount;
  return sameAccount ? missingInAccount(sides) : missingAcrossAccounts(sides);
}

/** B.4, and for keys and roles D.4. */
function missingInAccount({ caller, identity, limits, resource }: Sides): readonly Reason[] {
  const names = (naming: string): boolean => resource.allows.some((grant) => grant.naming === naming);
  const trusted = names('account') || resource.layer === 'bucket-policy';
  if (names('direct')) return []; // B.4 rows 1, 7, 8, 11: boundary and session do not limit it
  if (caller.kind === 'root' && trusted) return []; // B.4 row 14
  if (names('limited')) return limits.flatMap(silence); // B.4 rows 4, 5, 6, 12
  return [...(trusted ? [] : silence(resource)), ...[identity, ...limits].flatMap(silence)]; // B.4 rows 2, 3, 9, 10, 13
}

/** B.5: both sides must allow, however the resource names the caller; a root user needs no identity policy. */
function missingAcrossAccounts({ caller, identity, limits, request, resource }: Sides): readonly Reason[] {
  const own = caller.kind === 'root' ? [] : [identity, ...limits];
  return [...[resource, ...own].flatMap(silence), ...neverAcrossAccounts(request, resource.layer)];
}

/** B.5: the three bucket policy calls end in 405. D.4: few KMS operations cross accounts. */
function neverAcrossAccounts({ request }: ConcreteRequest, layer: Layer): readonly Reason[] {
  const action = request.action.toLowerCase();
  const refused =
    layer === 'kms-key-policy' ? !KMS_ACROSS_ACCOUNTS.test(action) : POLICY_ACTIONS.includes(action);
  return refused ? [{ layer, outcome: 'implicitly-denied', source: 'not across accounts' }] : [];
}

/** D.4: cryptographic operations and those that it lists. */
const KMS_ACROSS_ACCOUNTS =
  /^kms:(reencrypt.*|decrypt|encrypt|generate.*|sign|verify.*|derivesharedsecret|creategrant|describekey|getkeyrotationstatus|getpublickey|listgrants|(retire|revoke)grant)$/;
