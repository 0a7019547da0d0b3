import type { Leg } from '@denyscope/model';
import type { Expressions, Node } from '../expression/expressions.ts';
import type { Combined } from './combined.ts';
import type { KeyPlace, RequestContext } from './context.ts';

/** All that must hold for a request, on both legs, before it is decided. */
export interface Evaluation {
  readonly x: Expressions;
  readonly parts: Combined;
  /** What the question itself says of open keys: decided under it. */
  readonly background: Node;
  readonly assumptions: readonly string[];
  /** Open keys that every request carries: their absence is no way out. */
  readonly alwaysPresent: readonly KeyPlace[];
  /** Is the key open on the leg, so that a witness may choose it? */
  readonly isOpen: (leg: Leg, key: string) => boolean;
}

/** What the contexts of an evaluation leave open. */
export function openKeysOf(
  contexts: readonly RequestContext[],
  others: readonly KeyPlace[] = [],
): Pick<Evaluation, 'alwaysPresent' | 'isOpen'> {
  return {
    alwaysPresent: [...contexts.flatMap((context) => context.alwaysPresent), ...others],
    isOpen: (leg, key) => {
      const state = contexts.find((context) => context.leg === leg)?.stateOf(key);
      return state?.kind === 'open' && state.leg === leg;
    },
  };
}
