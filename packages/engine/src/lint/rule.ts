import type { Subject } from './subject.ts';

/**
 * `error`: AWS refuses it, or it can never do what it says. `warning`: it is hardly what was meant. `info`: good to
 * know.
 */
export type Severity = 'error' | 'warning' | 'info';

/** What a rule has to say, by JSON pointer. */
export interface Remark {
  readonly path: string;
  readonly severity: Severity;
  readonly message: string;
}

/** One check of a document. */
export interface Rule {
  /** Slug, as it stands in the issues. */
  readonly name: string;
  /** The row of semantics.md that it rests on. */
  readonly source: string;
  readonly check: (subject: Subject) => readonly Remark[];
}

/** Something that is wrong, or odd, in a document. */
export interface LintIssue extends Remark {
  readonly rule: string;
  readonly source: string;
  /** Counted from 1, where the text was JSON as people write it. */
  readonly line?: number;
}
