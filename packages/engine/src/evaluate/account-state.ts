import type { Leg } from '@denyscope/model';
import type { Expressions } from '../expression/expressions.ts';
import { gateOf, type GatePart } from './gates/gate.ts';
import type { AccountFacts } from './question.ts';

/** AWS (H.6, finding 104): no request of such an account works, nor one to what it owns. */
const UNUSABLE: ReadonlySet<string> = new Set(['SUSPENDED', 'PENDING_CLOSURE', 'CLOSED']);

/** Refuses where an account that takes part in the request cannot be used, or for a `fault` of its own. */
export function accountGate(
  accounts: readonly (AccountFacts | undefined)[],
  { leg, x }: { readonly leg: Leg; readonly x: Expressions },
  fault?: string,
): GatePart {
  const states = accounts.flatMap((account) => (account?.state === undefined ? [] : [account]));
  const shut = states.find(({ state }) => UNUSABLE.has(state ?? ''));
  const note = shut ? `account ${shut.accountId} is ${shut.state ?? ''}` : (fault ?? '');
  const holds = x.of(note === '');
  const applicable = states.length > 0 || note !== '';
  return gateOf({ leg, layer: 'account-state', explicit: false, holds, applicable, note }, x);
}

/** AWS (D.4, K-XACC): a caller of another account must have the key's Region enabled. */
export function regionFault(
  caller: AccountFacts | undefined,
  owner: AccountFacts,
  region: string | undefined,
): string | undefined {
  if (!caller?.enabledRegions || region === undefined || caller.accountId === owner.accountId)
    return undefined;
  if (caller.enabledRegions.includes(region)) return undefined;
  return `account ${caller.accountId} has not enabled ${region}, the Region of the key`;
}
