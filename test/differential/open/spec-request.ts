import type { Estate, OrganizationPolicies, PrincipalFacts, VpcEndpoint } from '@denyscope/inventory';
import { parsePrincipal, type ExplainRequest, type RequestCase } from '@denyscope/model';
import type { ConcreteRequest, KeyCall, S3Request } from '@denyscope/spec';
import { callerContext, factsOf, isSeenCaller } from './caller-context.ts';
import { givenContext, keyContext, MULTI_VALUED, s3Context, sessionContext } from './concrete-context.ts';
import { documents, Inexpressible, required, textOf } from './observed.ts';
import { accessPointOf, gatesOf } from './spec-gates.ts';
import { grantsOf, objectKeyOf, type ObjectKey } from './spec-key.ts';
import { targetOf, type Target } from './target.ts';

/**
 * The request in the specification's own form, read off the estate without the engine's help: only where all that
 * bears on it was read. The context is that of the closed request.
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
  if (!isSeenCaller(estate, request.principal)) throw new Inexpressible();
  // C.12: every request to S3 says whether it came over TLS.
  if (request.context?.['aws:SecureTransport'] === null) throw new Inexpressible();
  const target = targetOf(estate, request);
  const key = objectKeyOf(estate, target.bucket, request);
  const pointRcps = target.point ? nodes(estate, target.point.accountId, 'rcps') : [];
  return {
    s3: callToS3(estate, target, request),
    accessPoint: accessPointOf(target, pointRcps),
    kms: key && callToKms(estate, key, { target, request }),
    gates: gatesOf(estate, target, request),
  };
}

function endpointOf(estate: Estate, { endpoint }: Target): VpcEndpoint | undefined {
  const found = endpoint === undefined ? undefined : estate.endpoints.get(endpoint);
  if (endpoint !== undefined && !found) throw new Inexpressible();
  return found;
}

function callToS3(estate: Estate, target: Target, request: ExplainRequest): ConcreteRequest {
  const { bucket } = target;
  const endpoint = endpointOf(estate, target);
  const sides = callerSides(estate, request);
  return {
    ...sides,
    request: {
      ...sides.request,
      action: request.action,
      resource: target.resource,
      resourceAccount: bucket.accountId,
      context: {
        ...callerContext(estate, request.principal),
        ...s3Context(estate, target, request),
        ...givenContext(request),
      },
      multiValuedKeys: [...MULTI_VALUED],
    },
    resourcePolicy: textOf(bucket.policy),
    rcps: nodes(estate, bucket.accountId, 'rcps'),
    vpcEndpointPolicies: endpoint ? documents([{ document: endpoint.id, policy: endpoint.policy }]) : null,
    settings: { s3: { bucketAbacEnabled: required(bucket.abacEnabled) ?? false } },
  };
}

type Sides = Pick<
  ConcreteRequest,
  'identityPolicies' | 'permissionBoundaries' | 'sessionPolicies' | 'scps'
> & {
  readonly request: { readonly principal: string; readonly principalInManagementAccount: boolean };
};

/** What the caller brings along to either call. */
function callerSides(estate: Estate, { principal: text, sessionPolicies }: ExplainRequest): Sides {
  const principal = parsePrincipal(text);
  const accountId = principal && 'accountId' in principal ? principal.accountId : '';
  const isManagement = estate.accounts.get(accountId)?.isManagementAccount === true;
  return {
    request: { principal: text, principalInManagementAccount: isManagement },
    sessionPolicies: sessionPolicies ?? null,
    ...policiesOf(estate, factsOf(estate, text), accountId),
  };
}

function policiesOf(
  estate: Estate,
  facts: PrincipalFacts | undefined,
  accountId: string,
): Pick<Sides, 'identityPolicies' | 'permissionBoundaries' | 'scps'> {
  return {
    identityPolicies: documents(facts?.identity ?? []),
    permissionBoundaries: facts ? boundaryOf(facts) : null,
    scps: facts?.isServiceLinked === true ? [] : nodes(estate, accountId, 'scps'),
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

interface Asked {
  readonly target: Target;
  readonly request: ExplainRequest;
}

/** D.2: the call that S3 makes to KMS for the caller. */
function callToKms(estate: Estate, { key, isBucketKey }: ObjectKey, { target, request }: Asked): KeyCall {
  const sides = callerSides(estate, request);
  return {
    ...sides,
    request: {
      ...sides.request,
      resource: key.arn,
      resourceAccount: key.accountId,
      context: {
        ...callerContext(estate, request.principal),
        ...sessionContext(request),
        ...keyContext(estate, key, isBucketKey ? target.bucket.arn : target.resource),
      },
      multiValuedKeys: [...MULTI_VALUED],
    },
    resourcePolicy: textOf(key.policy),
    rcps: nodes(estate, key.accountId, 'rcps'),
    vpcEndpointPolicies: null,
    grants: grantsOf(key),
    managedByAws: key.manager === 'AWS',
    multipart: request.operation === 'multipart',
    ...(key.state === undefined ? {} : { state: key.state }),
    ...(key.spec === undefined ? {} : { spec: key.spec }),
    ...(target.bucket.region === undefined ? {} : { bucketRegion: target.bucket.region }),
  };
}
