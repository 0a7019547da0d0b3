import { absent, seen, unreadable, NOT_COLLECTED, type CoverageGap, type Observed } from '@denyscope/model';
import type { Organization, OrganizationPolicies } from '../estate.ts';
import { whyUnknown } from './gaps.ts';
import type { LineOf } from './lines.ts';
import { attachedPolicies } from './organization-policies.ts';
import { factsOf, type Reading } from './reading.ts';

/** The organization; absent where the snapshot knows of none, unreadable where it knows that there is one. */
export function buildOrganization(reading: Reading): Observed<Organization> {
  const [line] = reading.lines.of('organization');
  if (!line) return withoutLine(reading);
  return seen({
    id: line.data.Id,
    managementAccountId: line.data.MasterAccountId,
    scps: policiesOf(reading, line, 'SERVICE_CONTROL_POLICY'),
    rcps: policiesOf(reading, line, 'RESOURCE_CONTROL_POLICY'),
  });
}

function withoutLine({ lines, gaps }: Reading): Observed<Organization> {
  const gap = gaps.find(({ step }) => step.startsWith('organizations:'));
  if (gap) return whyUnknown(gap);
  const trace =
    lines.of('root').length +
      lines.of('organizational-unit').length +
      lines.of('organization-policy').length >
      0 || lines.of('account').some(({ data }) => data.ParentId !== undefined);
  return trace
    ? unreadable(NOT_COLLECTED, 'the snapshot has parts of an organization but no `organization` line')
    : absent();
}

/** The S3 policies at every node: semantics.md C.7. */
export function s3PoliciesOf(reading: Reading): OrganizationPolicies {
  const [line] = reading.lines.of('organization');
  return line ? policiesOf(reading, line, 'S3_POLICY') : absent();
}

type PolicyType = 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY' | 'S3_POLICY';

/**
 * The policies of one type at every node. AWS: a type that is not enabled on the root does not limit anything
 * (semantics.md B.3), so it is absent; one that is enabled and whose policies the scan could not list is unreadable.
 */
function policiesOf(reading: Reading, line: LineOf<'organization'>, type: PolicyType): OrganizationPolicies {
  const types = factsOf(reading, line)('EnabledPolicyTypes');
  if (types.kind === 'seen' && !types.value.includes(type)) return absent();
  const hidden = reading.gaps.find(hidesPolicies);
  if (hidden) return whyUnknown(hidden);
  const policies = reading.lines.of('organization-policy').filter(({ data }) => data.Type === type);
  if (policies.length === 0 && !reading.collected.has('organization-policy')) {
    return types.kind === 'unreadable' ? types : unreadable(NOT_COLLECTED);
  }
  // AWS: disabling a type detaches its policies everywhere, so an attached one proves that the type is enabled.
  const enabled = types.kind === 'seen' || policies.some(({ data }) => data.TargetIds?.length !== 0);
  return enabled ? attachedPolicies(reading, policies, type === 'RESOURCE_CONTROL_POLICY') : absent();
}

/** Steps of Organizations that fail without hiding which policies there are and what they are attached to. */
const HARMLESS: ReadonlySet<string> = new Set([
  'organizations:ListRoots',
  'organizations:ListOrganizationalUnitsForParent',
  'organizations:ListAccounts',
  'organizations:ListAccountsForParent',
  'organizations:ListParents',
  'organizations:DescribeAccount',
  'organizations:DescribePolicy',
  'organizations:DescribeResourcePolicy',
  'organizations:DescribeEffectivePolicy',
  'organizations:ListTagsForResource',
  'organizations:ListDelegatedAdministrators',
  'organizations:ListDelegatedServicesForAccount',
]);

function hidesPolicies({ step }: CoverageGap): boolean {
  return step.startsWith('organizations:') && !HARMLESS.has(step);
}
