import type { LintType } from '../subject.ts';
import type { Rule } from '../rule.ts';

const NAMING: ReadonlySet<LintType> = new Set(['resource', 'bucket', 'key', 'trust', 'endpoint', 'rcp']);

/** A policy of a resource says whom each statement is about; one that does not matches nobody (semantics.md A.1). */
export const missingPrincipal: Rule = {
  name: 'missing-principal',
  source: 'A.1',
  check: ({ options, document }) =>
    NAMING.has(options.type)
      ? document.statements
          .filter(({ principal }) => principal === undefined)
          .map(({ path }) => ({
            path,
            severity: 'error',
            message: 'expected Principal: a statement without it matches nobody',
          }))
      : [],
};
