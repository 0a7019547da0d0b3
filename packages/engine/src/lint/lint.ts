import type { LintIssue, Remark, Severity } from './rule.ts';
import { RULES } from './rules.ts';
import { subjectOf, type LintOptions, type Subject } from './subject.ts';

/**
 * What is wrong, or odd, in one policy document, in the order of the text: what does not parse, and what the rules
 * say of the rest. Never throws, whatever the text; an object is read as the JSON that it stands for.
 */
export function lintPolicy(input: unknown, options: LintOptions): readonly LintIssue[] {
  const subject = subjectOf(typeof input === 'string' ? input : jsonOf(input), options);
  const issues = [
    ...grammarIssues(subject),
    ...RULES.flatMap(({ name: rule, source, check }) =>
      check(subject).map((remark) => issueOf(remark, { rule, source }, subject)),
    ),
  ];
  const distinct = new Map(issues.map((issue) => [JSON.stringify(issue), issue]));
  return [...distinct.values()].toSorted(
    (a, b) => placeOf(a, subject) - placeOf(b, subject) || bySeverity(a, b),
  );
}

/** What no JSON stands for reads as no document. */
function jsonOf(input: unknown): string {
  try {
    return JSON.stringify(input) ?? '';
  } catch {
    return '';
  }
}

function grammarIssues(subject: Subject): readonly LintIssue[] {
  return subject.policy.issues.map((issue) =>
    issueOf({ ...issue, severity: 'error' }, { rule: 'grammar', source: 'A.1' }, subject),
  );
}

function issueOf(
  { path, severity, message }: Remark,
  { rule, source }: { readonly rule: string; readonly source: string },
  subject: Subject,
): LintIssue {
  const line = lineOf(path, subject);
  return { path, severity, rule, message, source, ...(line === undefined ? {} : { line }) };
}

function lineOf(path: string, { json }: Subject): number | undefined {
  const place = json && nearest(path, json.places);
  // Text on one line, as AWS stores it, has nothing to point at.
  if (place === undefined || !json?.text.trim().includes('\n')) return undefined;
  return json.text.slice(0, place).split('\n').length;
}

function placeOf({ path }: LintIssue, { json }: Subject): number {
  return (json && nearest(path, json.places)) ?? 0;
}

/** Where the pointer leads, or the part of it that is there: what is missing has no place of its own. */
function nearest(path: string, places: ReadonlyMap<string, number>): number | undefined {
  for (let rest = path; ; rest = rest.slice(0, rest.lastIndexOf('/'))) {
    const place = places.get(rest);
    if (place !== undefined || rest === '') return place;
  }
}

const RANKS: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

function bySeverity(a: LintIssue, b: LintIssue): number {
  return RANKS[a.severity] - RANKS[b.severity];
}
