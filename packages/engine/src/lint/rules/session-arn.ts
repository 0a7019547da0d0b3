import type { Rule } from '../rule.ts';

/** `aws:PrincipalArn` is the role's ARN, never that of a session (semantics.md A.2; G.3). */
export const sessionArn: Rule = {
  name: 'session-arn',
  source: 'A.2',
  check: ({ statements }) =>
    statements
      .flatMap(({ conditions }) => conditions)
      .filter(({ name }) => name === 'aws:principalarn')
      .flatMap(({ values }) =>
        values
          .filter(({ text }) => /^arn:[^:]*:sts:[^:]*:[^:]*:assumed-role\//.test(text))
          .map(({ path, text }) => ({
            path,
            severity: 'error',
            message: `aws:PrincipalArn is never a session such as \`${text}\`: name the role (arn:…:iam::…:role/…)`,
          })),
      ),
};
