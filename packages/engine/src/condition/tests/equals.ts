import { literalGlob } from '../../compile/glob.ts';
import { valueTest } from '../value-rules.ts';

/** AWS (A.8): exact and case-sensitive; `*` and `?` are plain characters. */
export const equals = valueTest({
  name: 'equals',
  nature: 'string',
  words: ['is', 'is not'],
  json: { test: 'equals' },
  parse: ({ text }) => text,
  passes: (actual, text) => actual === text,
  residuals: ({ text }, prefix) =>
    text.startsWith(prefix) ? [{ kind: 'text', text: text.slice(prefix.length) }] : [],
  textForm: ({ text }) => ({ kind: 'glob', glob: literalGlob(text), mode: 'plain' }),
});
