import { type LintIssue, type LintType } from '@denyscope/engine';

/** The answer of `denyscope lint`. */
export interface Linted {
  readonly file: string;
  readonly type: LintType;
  readonly issues: readonly LintIssue[];
}

/** Is there an issue of the severity, or of a higher one? */
export function holds({ issues }: Linted, severity: 'error' | 'warning'): boolean {
  return issues.some((issue) => issue.severity === 'error' || issue.severity === severity);
}
