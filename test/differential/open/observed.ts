import type { AttachedDocument, PolicyText } from '@denyscope/inventory';
import type { Observed, RequestCase } from '@denyscope/model';

/** The specification knows no unreadable documents: a request that needs one is not expressed. */
export class Inexpressible extends Error {}

/** The fact's value, undefined where it is proved absent. */
export function required<Value>(fact: Observed<Value>): Value | undefined {
  if (fact.kind === 'unreadable') throw new Inexpressible();
  return fact.kind === 'seen' ? fact.value : undefined;
}

export function textOf(policy: Observed<PolicyText>): string | null {
  return required(policy)?.text ?? null;
}

/** The documents under their names, all of which must have been read. */
export function documents(
  attached: readonly Pick<AttachedDocument, 'document' | 'policy'>[],
): RequestCase['identityPolicies'] {
  return attached.flatMap(({ document, policy }) => {
    const text = textOf(policy);
    return text === null ? [] : [{ name: document, policy: text }];
  });
}
