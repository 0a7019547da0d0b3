import { mapObserved, NOT_COLLECTED, orWhenAbsent, seen, unreadable, type Observed } from '@denyscope/model';
import type { PublicAccessBlock } from '../estate.ts';
import { gapAt, whyUnknown } from './gaps.ts';
import { ownerOf } from './lines.ts';
import { factsOf, type Reading } from './reading.ts';

interface Configuration {
  readonly BlockPublicAcls?: boolean | undefined;
  readonly IgnorePublicAcls?: boolean | undefined;
  readonly BlockPublicPolicy?: boolean | undefined;
  readonly RestrictPublicBuckets?: boolean | undefined;
}

const ALL_OFF: PublicAccessBlock = Object.freeze({
  blockPublicAcls: false,
  ignorePublicAcls: false,
  blockPublicPolicy: false,
  restrictPublicBuckets: false,
});

/** AWS: `NoSuchPublicAccessBlockConfiguration` means that all four flags are off (semantics.md H.1, H.6). */
export function publicAccessBlockOf(configuration: Observed<Configuration>): Observed<PublicAccessBlock> {
  const flags = mapObserved(configuration, (given) => ({
    blockPublicAcls: given.BlockPublicAcls ?? false,
    ignorePublicAcls: given.IgnorePublicAcls ?? false,
    blockPublicPolicy: given.BlockPublicPolicy ?? false,
    restrictPublicBuckets: given.RestrictPublicBuckets ?? false,
  }));
  return orWhenAbsent(flags, ALL_OFF);
}

/** AWS's own answer to "is this policy public". */
export function policyIsPublic(
  status: Observed<{ readonly IsPublic?: boolean | undefined }>,
): Observed<boolean> {
  if (status.kind !== 'seen') return status;
  return status.value.IsPublic === undefined ? unreadable(NOT_COLLECTED) : seen(status.value.IsPublic);
}

const STEPS = ['s3:GetAccountPublicAccessBlock'] as const;

/**
 * Block Public Access of every account. An account without a line has none where the scan asked for the kind and
 * no gap touches the account; else its flags are unknown.
 */
export function accountPublicAccessBlocks(
  reading: Reading,
  accounts: Iterable<string>,
): ReadonlyMap<string, Observed<PublicAccessBlock>> {
  const lines = reading.lines.of('account-public-access-block');
  const given = new Map<string, Observed<PublicAccessBlock>>(
    lines.map((line) => [
      ownerOf(line),
      publicAccessBlockOf(factsOf(reading, line)('PublicAccessBlockConfiguration')),
    ]),
  );
  return new Map(Array.from(accounts, (id) => [id, given.get(id) ?? withoutLine(reading, id)]));
}

function withoutLine(reading: Reading, accountId: string): Observed<PublicAccessBlock> {
  const gap = gapAt(reading.gaps, { accountId }, STEPS);
  const asked = reading.collected.has('account-public-access-block');
  return asked && !gap ? seen(ALL_OFF) : whyUnknown(gap);
}
