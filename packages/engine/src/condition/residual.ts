import { globText, literalGlob, literalOf, type Glob } from '../compile/glob.ts';
import { rulesOf, type ValueTest } from './operators.ts';
import type { PolicyValue } from './value-rules.ts';

/** A test that a text must pass. */
export interface Demand {
  readonly test: ValueTest;
  readonly value: PolicyValue;
}

/**
 * What `prefix` followed by an open text must pass, said of that text alone: one of the demands. None where no text
 * that begins so can pass.
 */
export function residualDemands({ test, value }: Demand, prefix: string): readonly Demand[] {
  if (prefix === '') return [{ test, value }];
  const residuals = rulesOf(test).residuals(value, prefix);
  return residuals.map((rest) => (rest.kind === 'glob' ? likeGlob(rest.glob) : equalTo(test, rest.text)));
}

function equalTo(test: ValueTest, text: string): Demand {
  return { test, value: { text, glob: literalGlob(text) } };
}

/** A glob without wildcards is an equality, so that both spellings become the same atom. */
function likeGlob(glob: Glob): Demand {
  const literal = literalOf(glob);
  return literal === undefined
    ? { test: 'like', value: { text: globText(glob), glob } }
    : equalTo('equals', literal);
}
