import { literalGlob } from '../../compile/glob.ts';
import { valueTest } from '../value-rules.ts';

/** AWS (A.8): exact, but for case. */
export const equalsIgnoreCase = valueTest({
  name: 'equals-ignore-case',
  nature: 'string',
  words: ['is', 'is not'],
  json: { test: 'equals-ignore-case' },
  parse: ({ text }) => text.toLowerCase(),
  passes: (actual, text) => actual.toLowerCase() === text,
  residuals: ({ text }, prefix) => {
    const isSame = text.slice(0, prefix.length).toLowerCase() === prefix.toLowerCase();
    return isSame ? [{ kind: 'text', text: text.slice(prefix.length) }] : [];
  },
  textForm: ({ text }) => ({ kind: 'glob', glob: literalGlob(text), mode: 'ignore-case' }),
});
