import { type AttachedDocument, type Estate, type OrganizationPolicies } from '@denyscope/inventory';
import { type Observed } from '@denyscope/model';

export const RESOURCE_TYPES = [
  'bucket',
  'kms_key',
  'role',
  'user',
  'vpc_endpoint',
  'access_point',
  'scp',
  'rcp',
  'grant',
] as const;

/** One resource of a scan, as far as numbers about the inventory look. */
export interface CountedResource {
  readonly accountId: string;
  readonly type: (typeof RESOURCE_TYPES)[number];
  /** Why parts of it could not be read; empty where all could. */
  readonly unreadable: readonly string[];
}

/** Every resource of an estate. Organization policies count for the management account. */
export function* countedResources(estate: Estate): Generator<CountedResource> {
  yield* bucketsOf(estate);
  yield* keysOf(estate);
  for (const { kind, accountId, identity, boundary, trust } of estate.principals.values()) {
    const policies = identity.map(({ policy }) => policy);
    yield { accountId, type: kind, unreadable: reasons([...policies, boundary, trust]) };
  }
  for (const { accountId, policy } of estate.endpoints.values()) {
    yield { accountId, type: 'vpc_endpoint', unreadable: reasons([policy]) };
  }
  for (const { accountId, policy, publicAccessBlock } of [...estate.accessPoints.values()].flat()) {
    yield { accountId, type: 'access_point', unreadable: reasons([policy, publicAccessBlock]) };
  }
  yield* organizationPoliciesOf(estate);
}

function* bucketsOf(estate: Estate): Generator<CountedResource> {
  for (const bucket of estate.buckets.values()) {
    const { accountId, policy, publicAccessBlock, ownership, acl, encryption, payer, abacEnabled } = bucket;
    const unreadable = reasons([policy, publicAccessBlock, ownership, acl, encryption, payer, abacEnabled]);
    yield { accountId, type: 'bucket', unreadable };
  }
}

function* keysOf(estate: Estate): Generator<CountedResource> {
  for (const { accountId, policy, grants, tags } of estate.keys.values()) {
    yield { accountId, type: 'kms_key', unreadable: reasons([policy, grants, tags]) };
    if (grants.kind !== 'seen') continue;
    for (const _ of grants.value) yield { accountId, type: 'grant', unreadable: [] };
  }
}

function* organizationPoliciesOf({ organization }: Estate): Generator<CountedResource> {
  if (organization.kind !== 'seen') return;
  const { managementAccountId: accountId, scps, rcps } = organization.value;
  if (accountId === undefined) return;
  for (const { policy } of distinct(scps)) yield { accountId, type: 'scp', unreadable: reasons([policy]) };
  for (const { policy } of distinct(rcps)) yield { accountId, type: 'rcp', unreadable: reasons([policy]) };
}

/** A policy that is attached to many nodes is one policy. */
function distinct(policies: OrganizationPolicies): Iterable<AttachedDocument> {
  if (policies.kind !== 'seen') return [];
  const attached = [...policies.value.values()].flat();
  return new Map(attached.map((document) => [document.document, document])).values();
}

function reasons(facts: readonly Observed<unknown>[]): readonly string[] {
  return facts.flatMap((fact) => (fact.kind === 'unreadable' ? [fact.reason] : []));
}
