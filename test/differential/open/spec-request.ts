import type {
  Bucket,
  Estate,
  KmsKey,
  OrganizationPolicies,
  PrincipalFacts,
  VpcEndpoint,
} from '@denyscope/inventory';
import { parsePrincipal, parseS3Resource, type ExplainRequest, type RequestCase } from '@denyscope/model';
import { isPublicPolicy, type ConcreteRequest, type Gates, type S3Request } from '@denyscope/spec';
import { callerContext, factsOf, isSeenCaller } from './caller-context.ts';
import { givenContext, keyContext, MULTI_VALUED, s3Context, sessionContext } from './concrete-context.ts';
import { documents, Inexpressible, required, textOf } from './observed.ts';

/**
 * The request in the specification's own form, read off the estate without the engine's help: only for the layers
 * that the specification covers, and only where all of them were read. The context is that of the closed request.
 */
export function specRequest(estate: Estate, request: ExplainRequest): S3Request | undefined {
  try {
    return express(estate, request);
  } catch (error) {
    if (error instanceof Inexpressible) return undefined;
    throw error;
  }
}

function express(estate: Estate, request: ExplainRequest): S3Request {
  const bucket = bucketOf(estate, request);
  const key = keyOf(estate, bucket, request.action);
  if (!isSeenCaller(estate, request.principal) || !isWithoutAcl(estate, bucket)) throw new Inexpressible();
  const gates = gatesOf(bucket, key, request);
  const s3 = callToS3(estate, bucket, request);
  return key ? { s3, kms: callToKms(estate, key, { bucket, request }), gates } : { s3, gates };
}

function bucketOf(estate: Estate, request: ExplainRequest): Bucket {
  const target = parseS3Resource(request.resource);
  const bucket = target && target.kind !== 'access-point' ? estate.buckets.get(target.bucket) : undefined;
  if (!bucket) throw new Inexpressible();
  return bucket;
}

/** Undefined: the request comes through none. Access points are not covered. */
function endpointOf(estate: Estate, { via }: ExplainRequest): VpcEndpoint | undefined {
  if (typeof via !== 'string' || via === 'internet') return undefined;
  const endpoint = estate.endpoints.get(via);
  if (!endpoint) throw new Inexpressible();
  return endpoint;
}

/** ACLs are not covered: either they are off, or they grant to the owner alone. */
function isWithoutAcl({ accounts }: Estate, bucket: Bucket): boolean {
  if (required(bucket.ownership) === 'BucketOwnerEnforced') return true;
  const owner = accounts.get(bucket.accountId)?.canonicalUserId;
  return (required(bucket.acl) ?? []).every(({ grantee }) => owner !== undefined && grantee === owner);
}

function gatesOf(bucket: Bucket, key: KmsKey | undefined, request: ExplainRequest): Gates {
  return {
    ...(key?.state === undefined ? {} : { keyState: key.state }),
    ...(bucket.region === undefined ? {} : { bucketRegion: bucket.region }),
    requesterPays: required(bucket.payer) === 'Requester',
    requestPayer: (request.context?.['x-amz-request-payer'] ?? []).includes('requester'),
  };
}

function callToS3(estate: Estate, bucket: Bucket, request: ExplainRequest): ConcreteRequest {
  const endpoint = endpointOf(estate, request);
  const sides = callerSides(estate, request.principal);
  const policy = textOf(bucket.policy);
  const s3 = {
    blockPublicAccess: isRestricted(estate, bucket, policy),
    bucketAbacEnabled: required(bucket.abacEnabled) ?? false,
  };
  return {
    ...sides,
    request: {
      ...sides.request,
      action: request.action,
      resource: request.resource,
      resourceAccount: bucket.accountId,
      context: {
        ...callerContext(estate, request.principal),
        ...s3Context(estate, bucket, request),
        ...givenContext(request),
      },
      multiValuedKeys: [...MULTI_VALUED],
    },
    resourcePolicy: policy,
    rcps: nodes(estate, bucket.accountId, 'rcps'),
    vpcEndpointPolicies: endpoint ? documents([{ document: endpoint.id, policy: endpoint.policy }]) : null,
    settings: { s3 },
  };
}

/** C.7: of bucket and account, the more restrictive counts. AWS's own word on the policy is left to the engine. */
function isRestricted({ accountPublicAccessBlocks }: Estate, bucket: Bucket, policy: string | null): boolean {
  const account = accountPublicAccessBlocks.get(bucket.accountId);
  const blocks = [bucket.publicAccessBlock, ...(account ? [account] : [])].map(required);
  const said = required(bucket.policyIsPublic);
  if (!account || (said !== undefined && said !== isPublicPolicy(policy ?? '{}'))) throw new Inexpressible();
  return blocks.some((block) => block?.restrictPublicBuckets === true);
}

type Sides = Pick<
  ConcreteRequest,
  'identityPolicies' | 'permissionBoundaries' | 'sessionPolicies' | 'scps'
> & {
  readonly request: { readonly principal: string; readonly principalInManagementAccount: boolean };
};

/** What the caller brings along to either call. */
function callerSides(estate: Estate, text: string): Sides {
  const principal = parsePrincipal(text);
  const facts = factsOf(estate, text);
  const account =
    principal && 'accountId' in principal ? estate.accounts.get(principal.accountId) : undefined;
  const scps = account && facts?.isServiceLinked !== true ? nodes(estate, account.id, 'scps') : [];
  return {
    request: { principal: text, principalInManagementAccount: account?.isManagementAccount === true },
    identityPolicies: documents(facts?.identity ?? []),
    permissionBoundaries: facts ? boundaryOf(facts) : null,
    sessionPolicies: null,
    scps,
  };
}

function boundaryOf(facts: PrincipalFacts): RequestCase['permissionBoundaries'] {
  const boundary = required(facts.boundary);
  return boundary ? documents([boundary]) : null;
}

/** B.3: root first, account last; RCPFullAWSAccess is at every node. */
function nodes(
  { organization, accounts }: Estate,
  accountId: string,
  kind: 'scps' | 'rcps',
): RequestCase['scps'] {
  const account = accounts.get(accountId);
  const tree = required(organization);
  if (!tree || !account?.inOrganization || account.isManagementAccount) return [];
  const attached: OrganizationPolicies = tree[kind];
  const byNode = required(attached);
  if (!byNode) return [];
  if (account.path.length === 0) throw new Inexpressible();
  const full = kind === 'rcps' ? [{ name: 'RCPFullAWSAccess', policy: FULL }] : [];
  return [...account.path, accountId].map((node) => ({
    target: node,
    policies: [...documents(byNode.get(node) ?? []), ...full],
  }));
}

const FULL = {
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' },
};

const KMS_ACTIONS: ReadonlyMap<string, string> = new Map([
  ['s3:GetObject', 'kms:Decrypt'],
  ['s3:GetObjectVersion', 'kms:Decrypt'],
  ['s3:PutObject', 'kms:GenerateDataKey'],
]);

/** D.3: the key that the action needs. Grants and AWS's own key are not covered. */
function keyOf(estate: Estate, bucket: Bucket, action: string): KmsKey | undefined {
  if (!KMS_ACTIONS.has(action)) return undefined;
  const encryption = required(bucket.encryption);
  if (encryption?.algorithm.startsWith('aws:kms') !== true) return undefined;
  const key = estate.keys.get(encryption.kmsKey ?? '');
  if (!key || key.state === undefined || (required(key.grants) ?? []).length > 0) throw new Inexpressible();
  return key;
}

interface Encrypted {
  readonly bucket: Bucket;
  readonly request: ExplainRequest;
}

/** D.2: the call that S3 makes to KMS for the caller. */
function callToKms(estate: Estate, key: KmsKey, { bucket, request }: Encrypted): ConcreteRequest {
  const sides = callerSides(estate, request.principal);
  const isBucketKey = required(bucket.encryption)?.bucketKeyEnabled === true;
  return {
    ...sides,
    request: {
      ...sides.request,
      action: KMS_ACTIONS.get(request.action) ?? '',
      resource: key.arn,
      resourceAccount: key.accountId,
      context: {
        ...callerContext(estate, request.principal),
        ...sessionContext(request),
        ...keyContext(estate, key, isBucketKey ? bucket.arn : request.resource),
      },
      multiValuedKeys: [...MULTI_VALUED],
    },
    resourcePolicy: textOf(key.policy),
    rcps: key.manager === 'AWS' ? [] : nodes(estate, key.accountId, 'rcps'),
    vpcEndpointPolicies: null,
  };
}
