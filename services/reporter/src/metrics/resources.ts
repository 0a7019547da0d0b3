import { type AttachedDocument, type Estate, type OrganizationPolicies } from '@denyscope/inventory';

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
}

/** Every resource of an estate. Organization policies count for the management account. */
export function* countedResources(estate: Estate): Generator<CountedResource> {
  yield* bucketsOf(estate);
  yield* keysOf(estate);
  for (const { kind, accountId } of estate.principals.values()) yield { accountId, type: kind };
  for (const { accountId } of estate.endpoints.values()) yield { accountId, type: 'vpc_endpoint' };
  for (const { accountId } of [...estate.accessPoints.values()].flat())
    yield { accountId, type: 'access_point' };
  yield* organizationPoliciesOf(estate);
}

function* bucketsOf({ buckets }: Estate): Generator<CountedResource> {
  for (const { accountId } of buckets.values()) yield { accountId, type: 'bucket' };
}

function* keysOf({ keys }: Estate): Generator<CountedResource> {
  for (const { accountId, grants } of keys.values()) {
    yield { accountId, type: 'kms_key' };
    if (grants.kind !== 'seen') continue;
    for (const _ of grants.value) yield { accountId, type: 'grant' };
  }
}

function* organizationPoliciesOf({ organization }: Estate): Generator<CountedResource> {
  if (organization.kind !== 'seen') return;
  const { managementAccountId: accountId, scps, rcps } = organization.value;
  if (accountId === undefined) return;
  for (const _ of distinct(scps)) yield { accountId, type: 'scp' };
  for (const _ of distinct(rcps)) yield { accountId, type: 'rcp' };
}

/** A policy that is attached to many nodes is one policy. */
function distinct(policies: OrganizationPolicies): Iterable<AttachedDocument> {
  if (policies.kind !== 'seen') return [];
  const attached = [...policies.value.values()].flat();
  return new Map(attached.map((document) => [document.document, document])).values();
}
