import type { CompiledPolicy } from './compile/policy.ts';
import type { PrincipalName } from './compile/principal.ts';

export type { PrincipalName } from './compile/principal.ts';

/**
 * Whom the Allow statements of a resource-based policy name, each name once. `everyone` stands for Allow with
 * NotPrincipal too, which once granted to all but the listed (semantics.md I.9).
 */
export function admittedPrincipals(policy: CompiledPolicy): readonly PrincipalName[] {
  const names = new Map<string, PrincipalName>();
  for (const { effect, principal } of policy.statements) {
    if (effect !== 'Allow' || !principal) continue;
    const listed: readonly PrincipalName[] = principal.negated ? [{ kind: 'everyone' }] : principal.names;
    for (const name of listed) names.set(JSON.stringify(name), name);
  }
  return [...names.values()];
}
