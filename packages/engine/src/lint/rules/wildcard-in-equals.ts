import type { Rule } from '../rule.ts';

/** `*` and `?` are plain characters to these operators (semantics.md A.8; G.27). */
export const wildcardInEquals: Rule = {
  name: 'wildcard-in-equals',
  source: 'A.8',
  check: ({ statements }) =>
    statements
      .flatMap(({ conditions }) => conditions)
      .filter(({ test }) => test.kind === 'test' && test.operator.test.startsWith('equals'))
      .flatMap(({ operator, values }) =>
        values
          .filter(({ text }) => text.replaceAll(/\$\{[^}]*\}/g, '').includes('*'))
          .map(({ path, text }) => ({
            path,
            severity: 'error',
            message: `${operator} takes the \`*\` of \`${text}\` as it stands: a pattern needs StringLike or ArnLike`,
          })),
      ),
};
