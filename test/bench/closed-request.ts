import {
  buildEstate,
  type AttachedDocument,
  type Bucket,
  type Estate,
  type PrincipalFacts,
} from '@denyscope/inventory';
import { type ExplainRequest, type Observed } from '@denyscope/model';
import { interestingRequests, type World } from '@denyscope/worlds';

/** A policy as its text. */
export interface Document {
  readonly name: string;
  readonly text: string;
}

/** The documents of one node of the organization. */
export interface Node {
  readonly id: string;
  readonly documents: readonly Document[];
}

/** A request with a whole context, and every policy that judges it, for any evaluator. */
export interface ClosedRequest {
  readonly id: string;
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly resourceAccountId: string;
  readonly context: Readonly<Record<string, readonly string[]>>;
  readonly identity: readonly Document[];
  readonly boundary: Document | undefined;
  readonly scps: readonly Node[];
  readonly rcps: readonly Node[];
  readonly bucketPolicy: Document | undefined;
  readonly restrictPublicBuckets: boolean;
}

/** Closed requests that a world's policies are about; questions that rest on something unreadable are left out. */
export function closedRequests(world: World, seed: number, count: number): readonly ClosedRequest[] {
  const estate = buildEstate(world.header, world.lines);
  return interestingRequests(world, seed, count).flatMap((request) => {
    const principal = estate.principals.get(request.principal);
    const bucket = estate.buckets.get(/^arn:aws:s3:::([^/]+)/.exec(request.resource)?.[1] ?? '');
    const closed = principal && bucket ? close(estate, { request, principal, bucket }) : undefined;
    return closed === undefined ? [] : [closed];
  });
}

interface Asked {
  readonly request: ExplainRequest;
  readonly principal: PrincipalFacts;
  readonly bucket: Bucket;
}

function close(estate: Estate, asked: Asked): ClosedRequest | undefined {
  const { request, principal, bucket } = asked;
  const boundary = principal.boundary.kind === 'seen' ? [principal.boundary.value] : [];
  const scps = nodesOf(estate, 'scps', principal.accountId);
  const rcps = nodesOf(estate, 'rcps', bucket.accountId);
  const documents = [...principal.identity, ...boundary].map(({ policy }) => policy);
  const unclear = [principal.boundary, bucket.policy, bucket.publicAccessBlock, ...documents].some(
    isUnreadable,
  );
  if (unclear || scps === undefined || rcps === undefined) return undefined;
  return {
    id: request.id ?? '',
    principal: principal.arn,
    action: request.action,
    resource: request.resource.replace('*', 'raw/2026/day.parquet'),
    resourceAccountId: bucket.accountId,
    context: contextOf(estate, asked),
    identity: documentsOf(principal.identity),
    boundary: documentsOf(boundary)[0],
    scps,
    rcps,
    bucketPolicy: bucketPolicyOf(bucket),
    restrictPublicBuckets: isRestricted(bucket),
  };
}

function bucketPolicyOf({ arn, policy }: Bucket): Document | undefined {
  return policy.kind === 'seen' ? { name: arn, text: plain(policy.value.text) } : undefined;
}

function isRestricted({ publicAccessBlock }: Bucket): boolean {
  return publicAccessBlock.kind === 'seen' && publicAccessBlock.value.restrictPublicBuckets;
}

function isUnreadable(fact: Observed<unknown>): boolean {
  return fact.kind === 'unreadable';
}

function documentsOf(attached: readonly AttachedDocument[]): readonly Document[] {
  return attached.flatMap(({ document, policy }) =>
    policy.kind === 'seen' ? [{ name: document, text: plain(policy.value.text) }] : [],
  );
}

/** IAM percent-encodes documents; not every evaluator decodes them. */
function plain(text: string): string {
  return text.startsWith('%') ? decodeURIComponent(text) : text;
}

/** The nodes above an account and the account itself; undefined where something of them is unreadable. */
function nodesOf(
  { organization, accounts }: Estate,
  type: 'scps' | 'rcps',
  id: string,
): readonly Node[] | undefined {
  const policies = organization.kind === 'seen' ? organization.value[type] : organization;
  const account = accounts.get(id);
  // AWS (B.3): neither limits the management account.
  if (policies.kind === 'absent' || account?.isManagementAccount === true) return [];
  if (policies.kind === 'unreadable') return undefined;
  const path = [...(account?.path ?? []), id];
  const attached = path.map((node) => policies.value.get(node) ?? []);
  if (attached.flat().some(({ policy }) => isUnreadable(policy))) return undefined;
  return path.map((node, place) => ({ id: node, documents: documentsOf(attached[place] ?? []) }));
}

/** The keys that AWS would fill in, and those that the request closes. */
function contextOf(
  { organization }: Estate,
  { request, principal, bucket }: Asked,
): Readonly<Record<string, readonly string[]>> {
  const context: Record<string, readonly string[]> = {
    'aws:PrincipalArn': [principal.arn],
    'aws:PrincipalAccount': [principal.accountId],
    'aws:ResourceAccount': [bucket.accountId],
    'aws:SecureTransport': ['true'],
    'aws:SourceIp': ['203.0.113.9'],
    'aws:CurrentTime': ['2026-11-21T02:00:00Z'],
  };
  if (organization.kind === 'seen') context['aws:PrincipalOrgID'] = [organization.value.id];
  for (const [key, values] of Object.entries(request.context ?? {}))
    if (values !== null) context[key] = values;
  return context;
}
