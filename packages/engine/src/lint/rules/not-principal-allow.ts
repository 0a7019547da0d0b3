import type { Rule } from '../rule.ts';

/** Allow with NotPrincipal grants to everyone else, without credentials too (semantics.md A.3, I.9). */
export const notPrincipalAllow: Rule = {
  name: 'not-principal-allow',
  source: 'A.3',
  check: ({ statements }) =>
    statements
      .filter(({ effect, written }) => effect === 'Allow' && written.principal?.negated === true)
      .map(({ path }) => ({
        path: `${path}/NotPrincipal`,
        severity: 'error',
        message:
          'grants to everyone who is not listed, anonymous callers included; AWS no longer supports it',
      })),
};
