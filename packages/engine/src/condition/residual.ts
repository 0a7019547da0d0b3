import { globMatches, globText, literalGlob, literalOf, residualGlobs, type Glob } from '../compile/glob.ts';
import { arnGlobs, type PolicyValue, type ValueTest } from './compare.ts';

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
  switch (test) {
    case 'equals':
      return value.text.startsWith(prefix) ? [equalTo(test, value.text.slice(prefix.length))] : [];
    case 'equals-ignore-case': {
      const head = value.text.slice(0, prefix.length);
      const isSame = head.toLowerCase() === prefix.toLowerCase();
      return isSame ? [equalTo(test, value.text.slice(prefix.length))] : [];
    }
    case 'like':
      return residualGlobs(value.glob, prefix).map(likeGlob);
    case 'arn-like':
      return arnResiduals(value.glob, prefix).map(likeGlob);
    // A text with a known beginning, such as an object's ARN, is none of these.
    case 'bool':
    case 'binary-equals':
    case 'in':
    case 'numeric-equals':
    case 'numeric-less':
    case 'numeric-less-or-equal':
    case 'date-equals':
    case 'date-less':
    case 'date-less-or-equal':
      return [];
  }
}

function equalTo(test: 'equals' | 'equals-ignore-case', text: string): Demand {
  return { test, value: { text, glob: literalGlob(text) } };
}

/** A glob without wildcards is an equality, so that both spellings become the same atom. */
function likeGlob(glob: Glob): Demand {
  const literal = literalOf(glob);
  return literal === undefined
    ? { test: 'like', value: { text: globText(glob), glob } }
    : equalTo('equals', literal);
}

/** AWS (A.8): a wildcard does not cross the colons before the sixth part, all of which stand in the prefix. */
function arnResiduals(glob: Glob, prefix: string): readonly Glob[] {
  const globs = arnGlobs(glob);
  const parts = prefix.split(':');
  if (!globs || parts.length < 6 || parts[0] !== 'arn') return [];
  const leads = globs.slice(0, 5).every((part, at) => globMatches(part, parts[at] ?? ''));
  const [rest = []] = globs.slice(5);
  return leads ? residualGlobs(rest, parts.slice(5).join(':')) : [];
}
