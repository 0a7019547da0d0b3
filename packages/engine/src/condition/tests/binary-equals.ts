import { literalGlob } from '../../compile/glob.ts';
import { valueTest } from '../value-rules.ts';

/** AWS (A.8): the bytes are compared, not their spelling in base64. */
export const binaryEquals = valueTest({
  name: 'binary-equals',
  nature: 'binary',
  words: ['is', 'is not'],
  json: { test: 'binary-equals' },
  parse: ({ text }) => bytesOf(text),
  passes: (actual, bytes) => bytesOf(actual)?.equals(bytes),
  textForm: ({ text }) => ({ kind: 'glob', glob: literalGlob(text), mode: 'plain' }),
});

function bytesOf(text: string): Buffer | undefined {
  return /^[A-Za-z0-9+/]*={0,2}$/.test(text) ? Buffer.from(text, 'base64') : undefined;
}
