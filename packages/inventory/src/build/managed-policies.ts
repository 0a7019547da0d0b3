import {
  absent,
  mapObserved,
  NOT_COLLECTED,
  seen,
  snapshotLineOwner,
  unreadable,
  type Observed,
} from '@denyscope/model';
import type { PolicyText } from '../estate.ts';
import type { RawDocument } from './documents.ts';
import { gapAt, PRINCIPAL_STEPS, whyUnknown } from './gaps.ts';
import type { LineOf } from './lines.ts';
import { documentOrMissing, factsOf, type Reading } from './reading.ts';

/** The document of a managed policy, as an account that attaches it sees it. */
export type ManagedPolicies = (accountId: string, arn: string) => Observed<PolicyText>;

/**
 * Finds managed policies by ARN: in the account's own lines first, then in any account's, since policies that AWS
 * manages are the same everywhere and may be in the snapshot once. One that the snapshot lacks is unreadable.
 */
export function managedPolicies(reading: Reading): ManagedPolicies {
  const own = new Map<string, Observed<PolicyText>>();
  const anywhere = new Map<string, Observed<PolicyText>>();
  for (const line of reading.lines.of('iam-policy')) {
    const document = defaultDocument(reading, line);
    own.set(`${snapshotLineOwner(line) ?? 'aws'} ${line.data.Arn}`, document);
    if (anywhere.get(line.data.Arn)?.kind !== 'seen') anywhere.set(line.data.Arn, document);
  }
  return (accountId, arn) => {
    const mine = own.get(`${accountId} ${arn}`);
    if (mine?.kind === 'seen') return mine;
    const other = anywhere.get(arn);
    if (other?.kind === 'seen') return other;
    return mine ?? other ?? whyUnknown(gapAt(reading.gaps, { accountId }, PRINCIPAL_STEPS));
  };
}

function defaultDocument(reading: Reading, line: LineOf<'iam-policy'>): Observed<PolicyText> {
  const versions = factsOf(reading, line)('PolicyVersionList');
  const version = mapObserved(versions, (list) => defaultVersion(list, line.data.DefaultVersionId));
  const document: Observed<RawDocument> =
    version.kind !== 'seen'
      ? version
      : version.value?.Document === undefined
        ? absent()
        : seen(version.value.Document);
  return documentOrMissing(
    reading,
    document,
    unreadable(NOT_COLLECTED, 'its default version is not in the snapshot'),
  );
}

type Version = NonNullable<LineOf<'iam-policy'>['data']['PolicyVersionList']>[number];

/** The version marked as default, or the one that the policy names, or an only one of which nothing is said. */
function defaultVersion(versions: readonly Version[], defaultId: string | undefined): Version | undefined {
  const [first, second] = versions;
  const only = second === undefined && first?.IsDefaultVersion === undefined && defaultId === undefined;
  return (
    versions.find((version) => version.IsDefaultVersion === true) ??
    versions.find((version) => defaultId !== undefined && version.VersionId === defaultId) ??
    (only ? first : undefined)
  );
}
