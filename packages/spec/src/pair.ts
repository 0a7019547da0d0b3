import { parseArn, type Principal } from '@denyscope/model';
import { askLayer, refusal, silence, type ConcreteRequest, type LayerAnswer, type Reasons } from './layer.ts';
import { askOrganization } from './organization.ts';
import { isOfRole } from './principal.ts';
import type { Asked } from './statement.ts';

/** B.1: one pair of action and resource, and what every policy says of it. */
export interface Pair {
  readonly caller: Principal;
  readonly action: string;
  /** The account whose grant is needed. */
  readonly owner: string;
  readonly identity: LayerAnswer;
  /** Boundary and session policies, which only limit, where they are there at all. */
  readonly limits: readonly LayerAnswer[];
  readonly resource: LayerAnswer;
  /** The nodes of the organization and the VPC endpoint: all of them must allow, whoever grants. */
  readonly around: readonly LayerAnswer[];
}

export function askPair(request: ConcreteRequest, caller: Principal): Pair {
  const asked = askedOf(request, caller);
  return {
    caller,
    action: asked.action,
    owner: request.request.resourceAccount,
    identity: askLayer('identity', 'identity', request.identityPolicies, asked),
    limits: askLimits(request, asked),
    resource: askResource(request, asked),
    around: askAround(request, asked),
  };
}

function askedOf({ request, settings, permissionBoundaries }: ConcreteRequest, caller: Principal): Asked {
  // C.11: without bucket ABAC, the tags of a bucket are no context keys.
  const tagless = parseArn(request.resource)?.service === 's3' && settings?.s3?.bucketAbacEnabled !== true;
  const given = Object.entries(request.context);
  const values = tagless ? given.filter(([key]) => !/^(aws:resourcetag|s3:buckettag)\//i.test(key)) : given;
  return {
    caller,
    action: request.action.toLowerCase(),
    resource: request.wildcardOnlyAction === true ? '*' : request.resource,
    context: { values: Object.fromEntries(values), multiValued: request.multiValuedKeys ?? [] },
    hasBoundary: (permissionBoundaries ?? []).length > 0,
  };
}

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
function askAround(request: ConcreteRequest, asked: Asked): readonly LayerAnswer[] {
  const endpoint = request.vpcEndpointPolicies ?? [];
  const nodes = askOrganization(request, asked);
  return endpoint.length > 0 ? [...nodes, askLayer('vpc-endpoint', 'endpoint', endpoint, asked)] : nodes;
}

function askResource({ request, resourcePolicy }: ConcreteRequest, asked: Asked): LayerAnswer {
  const policies = resourcePolicy === null ? [] : [{ name: 'resource policy', policy: resourcePolicy }];
  const asks = `${asked.action} ${request.resource}`;
  if (/^kms:\w+ arn:[\w-]+:kms:[^/]*:key\//.test(asks)) {
    const { 'kms:ResourceAliases': _, ...values } = asked.context.values; // D.4: IAM policies only
    return askLayer('kms-key-policy', 'key', policies, { ...asked, context: { ...asked.context, values } });
  }
  if (/^sts:\w+ arn:[\w-]+:iam:/.test(asks)) return askLayer('role-trust', 'trust', policies, asked);
  const isAccessPoint = /:accesspoint\//.test(request.resource);
  return askLayer(isAccessPoint ? 'access-point' : 'bucket-policy', 'resource', policies, asked);
}

/** B.2: all that refuses one pair. */
export function refusals(pair: Pair): Reasons {
  return [...explicitDenials(pair), ...pair.around.flatMap(silence), ...missingGrants(pair)];
}

function explicitDenials(pair: Pair): Reasons {
  const { identity, limits, resource, around } = pair;
  // B.6: the bucket policy cannot lock the root user of the owner out of the bucket policy.
  const mends = isOwnerRoot(pair) && POLICY_ACTIONS.test(pair.action);
  return [...around, identity, ...limits, ...(mends ? [] : [resource])].flatMap(({ denies }) => denies);
}

const POLICY_ACTIONS = /^s3:(get|put|delete)bucketpolicy$/;

/** B.6: anonymous callers and services have no side of their own. */
function missingGrants(pair: Pair): Reasons {
  if (!('accountId' in pair.caller)) return silence(pair.resource);
  return pair.caller.accountId === pair.owner ? missingInAccount(pair) : missingAcrossAccounts(pair);
}

/** B.4, and for keys and roles D.4: they do not trust their own account by themselves, all else does. */
function missingInAccount({ caller, identity, limits, resource }: Pair): Reasons {
  const names = (naming: string): boolean => resource.allows.some((grant) => grant.naming === naming);
  const trusted = names('account') || !/^(kms-key-policy|role-trust)$/.test(resource.layer);
  if (names('direct')) return []; // B.4 rows 1, 7, 8, 11: boundary and session do not limit it
  if (caller.kind === 'root' && trusted) return []; // B.4 row 14
  if (names('limited')) return limits.flatMap(silence); // B.4 rows 4, 5, 6, 12
  return [...(trusted ? [] : silence(resource)), ...[identity, ...limits].flatMap(silence)]; // B.4 rows 2, 3, 9, 10, 13
}

/** B.5: both sides must allow, however the resource names the caller; a root user needs no identity policy. */
function missingAcrossAccounts({ caller, action, identity, limits, resource }: Pair): Reasons {
  const own = caller.kind === 'root' ? [] : [identity, ...limits];
  const isKey = resource.layer === 'kms-key-policy';
  const crosses = isKey ? KMS_ACROSS_ACCOUNTS.test(action) : !IN_ACCOUNT_ONLY.test(action);
  const refused = crosses ? [] : [refusal(resource.layer, 'not across accounts')];
  return [...[resource, ...own].flatMap(silence), ...refused];
}

/** B.5: the bucket policy calls end in 405, and access points are managed in their own account. */
const IN_ACCOUNT_ONLY =
  /^s3:((get|put|delete)bucketpolicy|(create|get|delete)accesspoint|(get|put|delete)accesspointpolicy|getaccesspointpolicystatus)$/;

/** D.4: cryptographic operations and those that it lists. */
const KMS_ACROSS_ACCOUNTS =
  /^kms:(reencrypt.*|decrypt|encrypt|generate.*|sign|verify.*|derivesharedsecret|creategrant|describekey|getkeyrotationstatus|getpublickey|listgrants|(retire|revoke)grant)$/;

/**
 * C.8: behind an access point its ARN settles the caller's side. The bucket must permit it too: by its policy, by an ACL
 * to others than its owner, or in its own account by an identity policy that names the bucket.
 */
export function refusalsBehindAccessPoint(pair: Pair): Reasons {
  const { caller, identity, limits, resource, around, owner } = pair;
  const inAccount = 'accountId' in caller && caller.accountId === owner;
  const missing = inAccount ? [identity, ...limits].flatMap(silence) : silence(resource);
  const counts = resource.allows.some((one) => !inAccount || one.layer !== 'acl' || one.naming !== 'account');
  const permitted = counts || (inAccount && caller.kind === 'root');
  return [...explicitDenials(pair), ...around.flatMap(silence), ...(permitted ? [] : missing)];
}

function isOwnerRoot({ caller, owner }: Pair): boolean {
  return caller.kind === 'root' && caller.accountId === owner;
}
