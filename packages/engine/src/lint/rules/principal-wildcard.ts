import type { Rule } from '../rule.ts';

/** In a Principal `*` stands alone (semantics.md A.2; G.4). */
export const principalWildcard: Rule = {
  name: 'principal-wildcard',
  source: 'A.2',
  check: ({ statements }) =>
    statements
      .flatMap(({ principals }) => principals)
      .filter(({ type, text }) => /[*?]/.test(text) && !(text === '*' && type !== 'Service'))
      .map(({ path, text }) => ({
        path,
        severity: 'error',
        message: `\`${text}\` matches nobody: only a lone * is a wildcard in a Principal; use it with ArnLike aws:PrincipalArn`,
      })),
};
