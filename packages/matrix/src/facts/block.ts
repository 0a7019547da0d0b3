import type { EffectiveBlock } from '@denyscope/engine';
import type { PublicAccessBlock } from '@denyscope/inventory';
import { absent, NOT_COLLECTED, seen, unreadable, type Observed } from '@denyscope/model';
import type { CompiledEstate } from '../compiled-estate.ts';

/** AWS (C.7): the most restrictive of organization, account and the resource's own counts, flag by flag. */
export function effectiveBlock(
  { estate }: CompiledEstate,
  accountId: string,
  own: Observed<PublicAccessBlock>,
): EffectiveBlock {
  const account = estate.accountPublicAccessBlocks.get(accountId) ?? unreadable(NOT_COLLECTED);
  const organization = estate.organizationPublicAccessBlocks.get(accountId) ?? absent<boolean>();
  const any = (flag: keyof PublicAccessBlock): Observed<boolean> =>
    [flagOf(account, flag), flagOf(own, flag)].reduce(orObserved, organization);
  return {
    blockPublicAcls: any('blockPublicAcls'),
    ignorePublicAcls: any('ignorePublicAcls'),
    blockPublicPolicy: any('blockPublicPolicy'),
    restrictPublicBuckets: any('restrictPublicBuckets'),
  };
}

function flagOf(fact: Observed<PublicAccessBlock>, flag: keyof PublicAccessBlock): Observed<boolean> {
  if (fact.kind === 'seen') return seen(fact.value[flag]);
  // AWS (H.6): no configuration means that all four flags are off.
  return fact.kind === 'absent' ? seen(false) : fact;
}

/** True where either is; what cannot be read matters only where the other is not true. */
function orObserved(a: Observed<boolean>, b: Observed<boolean>): Observed<boolean> {
  if (a.kind === 'seen' && a.value) return a;
  if (b.kind === 'seen' && b.value) return b;
  return a.kind === 'unreadable' ? a : b;
}
