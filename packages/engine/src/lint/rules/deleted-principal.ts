import type { Rule } from '../rule.ts';

/** What remains of a principal that was deleted (semantics.md A.2; G.1). */
export const deletedPrincipal: Rule = {
  name: 'deleted-principal',
  source: 'A.2',
  check: ({ statements }) =>
    statements
      .flatMap(({ principals }) => principals)
      .filter(({ text }) => /^(AIDA|AROA)[A-Z0-9]+$/.test(text))
      .map(({ path, text }) => ({
        path,
        severity: 'error',
        message: `\`${text}\` is the id of a ${text.startsWith('AROA') ? 'role' : 'user'} that was deleted: it matches nobody, and a new one of the same name neither`,
      })),
};
