import { globTest, residualGlobs } from '../../compile/glob.ts';
import { valueTest } from '../value-rules.ts';

/** AWS (A.8): the whole text against a glob, case-sensitive. */
export const like = valueTest({
  name: 'like',
  nature: 'string',
  readsWildcards: true,
  words: ['is like', 'is not like'],
  json: { test: 'like' },
  parse: ({ glob }) => globTest(glob),
  passes: (actual, matches) => matches(actual),
  residuals: ({ glob }, prefix) => residualGlobs(glob, prefix).map((rest) => ({ kind: 'glob', glob: rest })),
  textForm: ({ glob }) => ({ kind: 'glob', glob, mode: 'plain' }),
});
