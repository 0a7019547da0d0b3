import { seen, type Observed } from '@denyscope/model';
import type { AttachedDocument, OrganizationPolicies, PolicyText } from '../estate.ts';
import { byCodeUnit } from '../snapshot/canonical-order.ts';
import { AWS_ORGANIZATION_POLICIES, RCP_FULL_ACCESS } from './aws-documents.ts';
import { whyUnknown } from './gaps.ts';
import { groupBy } from './group-by.ts';
import type { LineOf } from './lines.ts';
import { documentOrMissing, factsOf, type Reading } from './reading.ts';

type PolicyLine = LineOf<'organization-policy'>;

/**
 * Node id → the policies attached to it, by policy id. A policy whose targets are unknown may be attached anywhere,
 * so it leaves the whole type unknown. A node without an entry has none attached, which for SCPs denies everything.
 */
export function attachedPolicies(
  reading: Reading,
  lines: readonly PolicyLine[],
  isRcp: boolean,
): OrganizationPolicies {
  const named = lines.filter(({ data }) => !(isRcp && data.Id === RCP_FULL_ACCESS.id));
  const attached = isRcp ? everywhere(reading, lines, rcpFullAccess(reading, lines)) : [];
  for (const line of named.toSorted((a, b) => byCodeUnit(a.data.Id, b.data.Id))) {
    const targets = factsOf(reading, line)('TargetIds');
    if (targets.kind === 'unreadable') return targets;
    attached.push(...attach(reading, line, targets.kind === 'seen' ? targets.value : []));
  }
  return seen(groupBy(attached, ({ attachedTo }) => attachedTo));
}

function attach(reading: Reading, line: PolicyLine, targets: readonly string[]): readonly AttachedDocument[] {
  const policy = contentOf(reading, line);
  const document = line.data.Arn ?? line.data.Id;
  return Array.from(new Set(targets), (attachedTo) => ({ document, attachedTo, policy }));
}

/** The policy's document; where it was not read, why not; of the policies that AWS manages, the known content. */
function contentOf(reading: Reading, line: PolicyLine): Observed<PolicyText> {
  const content = factsOf(reading, line)('Content');
  const known = AWS_ORGANIZATION_POLICIES.get(line.data.Id);
  if (content.kind !== 'seen' && known !== undefined) return seen(reading.intern(known));
  const gap = reading.gaps.find(({ step }) => step === 'organizations:DescribePolicy');
  return documentOrMissing(reading, content, whyUnknown(gap));
}

interface Everywhere {
  readonly document: string;
  readonly policy: Observed<PolicyText>;
}

function rcpFullAccess(reading: Reading, lines: readonly PolicyLine[]): Everywhere {
  const line = lines.find(({ data }) => data.Id === RCP_FULL_ACCESS.id);
  const document = line?.data.Arn ?? RCP_FULL_ACCESS.arn;
  return {
    document,
    policy: line ? contentOf(reading, line) : seen(reading.intern(RCP_FULL_ACCESS.content)),
  };
}

/** AWS: RCPFullAWSAccess is attached to every node and cannot be detached (semantics.md B.3), listed or not. */
function everywhere(reading: Reading, lines: readonly PolicyLine[], what: Everywhere): AttachedDocument[] {
  const { lines: kinds } = reading;
  const ids = [
    ...kinds.of('root').map(({ data }) => data.Id),
    ...kinds.of('organizational-unit').flatMap(({ data }) => [data.Id, data.ParentId]),
    ...kinds.of('account').flatMap(({ data }) => [data.Id, data.ParentId ?? []].flat()),
    ...kinds.of('organization').flatMap(({ data }) => data.MasterAccountId ?? []),
    ...lines.flatMap(({ data }) => data.TargetIds ?? []),
  ];
  return Array.from(new Set(ids))
    .toSorted(byCodeUnit)
    .map((attachedTo) => ({ ...what, attachedTo }));
}
