import { isKnownKey } from '../../catalogue/index.ts';
import type { Rule } from '../rule.ts';

/** A key that nobody sets is absent from every request (semantics.md A.8, last line). */
export const unknownKey: Rule = {
  name: 'unknown-key',
  source: 'A.8',
  check: ({ statements }) =>
    statements
      .flatMap(({ conditions }) => conditions)
      .filter(({ key }) => isKnownKey(key) === false || key.trim() === '')
      .map(({ path, key }) => ({
        path,
        severity: 'warning',
        message: `there is no condition key \`${key}\``,
      })),
};
