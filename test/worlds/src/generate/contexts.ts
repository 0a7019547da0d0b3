import type { ExplainRequest } from '@denyscope/model';
import type { Random } from './random.ts';

/** Condition keys that a scan leaves open, each with values that are on either side of what policies ask. */
const OPEN_KEYS: readonly (readonly [key: string, values: readonly string[]])[] = [
  ['aws:SecureTransport', ['true', 'false']],
  ['aws:SourceIp', ['203.0.113.9', '198.51.100.20', '8.8.8.8', '2001:db8::1']],
  ['aws:MultiFactorAuthPresent', ['true', 'false']],
  ['aws:TokenIssueTime', ['2026-09-01T00:00:00Z', '2026-11-20T00:00:00Z']],
  ['s3:prefix', ['raw/', 'raw/2026', 'home/ada/', '']],
  ['s3:x-amz-server-side-encryption', ['aws:kms', 'AES256']],
  ['aws:SourceAccount', []],
  ['aws:SourceArn', []],
  ['s3:ExistingObjectTag/team', ['analytics', 'web']],
];

/** What each key is compared with, somewhere in a world. */
export type ComparedValues = ReadonlyMap<string, readonly string[]>;

/** A context that closes up to three keys: mostly with a value, sometimes as absent. */
export function interestingContext(
  compared: ComparedValues,
  random: Random,
): Pick<ExplainRequest, 'context'> {
  const count = random.pick([0, 0, 1, 1, 2, 3]);
  const entries = Array.from({ length: count }, () => {
    const [key, values] = random.maybe(OPEN_KEYS) ?? ['aws:SecureTransport', ['true']];
    const value = random.maybe([...values, ...(compared.get(key) ?? [])]);
    return [key, value === undefined || random.chance(0.15) ? null : [value]] as const;
  });
  return count === 0 ? {} : { context: Object.fromEntries(entries) };
}
