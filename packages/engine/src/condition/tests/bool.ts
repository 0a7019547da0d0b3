import { literalGlob } from '../../compile/glob.ts';
import { valueTest } from '../value-rules.ts';

/** AWS (A.8): `true` or `false` in any case; nothing else is a truth value, on either side. */
export const bool = valueTest({
  name: 'bool',
  nature: 'string',
  words: ['is', 'is not'],
  json: { test: 'bool' },
  parse: ({ text }) => truthOf(text),
  passes: (actual, truth) => {
    const given = truthOf(actual);
    return given === undefined ? undefined : given === truth;
  },
  textForm: ({ text }) => ({ kind: 'glob', glob: literalGlob(text), mode: 'ignore-case' }),
});

function truthOf(text: string): 'true' | 'false' | undefined {
  const lower = text.toLowerCase();
  return lower === 'true' || lower === 'false' ? lower : undefined;
}
