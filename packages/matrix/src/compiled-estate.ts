import { compilePolicy, type CompiledPolicy, type PolicySource, type PolicyType } from '@denyscope/engine';
import type { AttachedDocument, Estate, PolicyText, PrincipalFacts } from '@denyscope/inventory';
import { mapObserved, type Observed } from '@denyscope/model';

/** An estate whose documents are compiled on first use, each once by content hash and kind. */
export interface CompiledEstate {
  readonly estate: Estate;
  /** The users and roles that the scan lists in the account. */
  principalsOf(accountId: string): readonly PrincipalFacts[];
  source(document: AttachedDocument, type: PolicyType): PolicySource;
  policySource(
    document: string,
    attachedTo: string,
    policy: Observed<PolicyText>,
    type: PolicyType,
  ): PolicySource;
}

/** Prepares an estate for questions; compiling is lazy, so a first question costs only what it touches. */
export function compileEstate(estate: Estate): CompiledEstate {
  const compiled = new Map<string, CompiledPolicy>();
  const compile = ({ hash, text }: PolicyText, type: PolicyType): CompiledPolicy => {
    const key = `${type} ${hash}`;
    const known = compiled.get(key);
    if (known) return known;
    const policy = compilePolicy(text, type);
    compiled.set(key, policy);
    return policy;
  };
  const policySource: CompiledEstate['policySource'] = (document, attachedTo, policy, type) => ({
    document,
    attachedTo,
    policy: mapObserved(policy, (text) => compile(text, type)),
  });
  const byAccount = new Map<string, PrincipalFacts[]>();
  for (const facts of estate.principals.values()) {
    const listed = byAccount.get(facts.accountId);
    if (listed) listed.push(facts);
    else byAccount.set(facts.accountId, [facts]);
  }
  return {
    estate,
    principalsOf: (accountId) => byAccount.get(accountId) ?? [],
    policySource,
    source: ({ document, attachedTo, policy }, type) => policySource(document, attachedTo, policy, type),
  };
}
