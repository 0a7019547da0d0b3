import { mapObserved, orWhenAbsent, parseArn, type Observed } from '@denyscope/model';
import type { KeyGrant, KmsKey } from '../estate.ts';
import { ownerOf, type LineOf } from './lines.ts';
import { factsOf, policyText, type Reading } from './reading.ts';
import { NO_TAGS } from './tags.ts';

type KeyData = LineOf<'kms-key'>['data'];

/** KMS keys by ARN. */
export function buildKeys(reading: Reading): ReadonlyMap<string, KmsKey> {
  return new Map(
    reading.lines.of('kms-key').map((line) => [line.data.KeyMetadata.Arn, buildKey(reading, line)]),
  );
}

function buildKey(reading: Reading, line: LineOf<'kms-key'>): KmsKey {
  const facts = factsOf(reading, line);
  const { KeyMetadata: key } = line.data;
  return {
    arn: key.Arn,
    id: key.KeyId,
    accountId: ownerOf(line),
    region: line.region ?? parseArn(key.Arn)?.region,
    state: key.KeyState,
    manager: key.KeyManager,
    // AWS: `KeySpec` follows `CustomerMasterKeySpec`.
    spec: key.KeySpec ?? key.CustomerMasterKeySpec,
    deletionDate: dateText(key.DeletionDate),
    policy: policyText(reading, facts('Policy')),
    grants: orWhenAbsent(mapObserved(facts('Grants'), keyGrants), []),
    aliases: orWhenAbsent(aliasNames(facts('Aliases')), []),
    tags: orWhenAbsent(mapObserved(facts('Tags'), kmsTagMap), NO_TAGS),
  };
}

function keyGrants(grants: NonNullable<KeyData['Grants']>): readonly KeyGrant[] {
  return grants.map((grant) => ({
    id: grant.GrantId,
    grantee: grant.GranteePrincipal,
    operations: grant.Operations ?? [],
    constraints: grant.Constraints,
  }));
}

function aliasNames(aliases: Observed<NonNullable<KeyData['Aliases']>>): Observed<readonly string[]> {
  return mapObserved(aliases, (list) =>
    list.map((alias) => (typeof alias === 'string' ? alias : alias.AliasName)),
  );
}

/** KMS spells its tags in a way of its own; a snapshot may hold them in the way of other services. */
function kmsTagMap(tags: NonNullable<KeyData['Tags']>): ReadonlyMap<string, string> {
  return new Map(
    tags.flatMap(({ TagKey, TagValue, Key = TagKey, Value = TagValue }) =>
      typeof Key === 'string' && typeof Value === 'string' ? [[Key, Value] as const] : [],
    ),
  );
}

/** AWS: KMS's JSON protocol counts seconds since 1970; SDKs and the CLI write ISO 8601. */
function dateText(date: string | number | undefined): string | undefined {
  if (typeof date !== 'number') return date;
  const time = new Date(date * 1000);
  return Number.isNaN(time.getTime()) ? String(date) : time.toISOString();
}
