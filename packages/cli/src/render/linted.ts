import { type LintIssue, type Severity } from '@denyscope/engine';
import { type Linted } from '../linted.ts';
import { count } from './statement.ts';
import { type Style } from './style.ts';
import { wrap } from './wrap.ts';

/** The issues of a policy for people: where, how grave, and what. */
export function renderLinted({ file, issues }: Linted, style: Style): string {
  return [...issues.map((issue) => issueText(issue, file, style)), summary(issues)].join('\n');
}

function issueText(
  { path, line, severity, rule, message, source }: LintIssue,
  file: string,
  style: Style,
): string {
  const place = line === undefined ? file : `${file}:${line}`;
  const { text, paint } = style.severity(severity);
  const width = style.width === undefined ? Number.POSITIVE_INFINITY : style.width - INDENT.length;
  const lines = wrap(`${message} (${source})`, width).map((each) => `${INDENT}${each}`);
  return [
    `${style.bold(place)}  ${paint(text)}  ${rule}  ${style.dim(path === '' ? '/' : path)}`,
    ...lines,
  ].join('\n');
}

const INDENT = '    ';

function summary(issues: readonly LintIssue[]): string {
  const of = (severity: Severity): number => issues.filter((issue) => issue.severity === severity).length;
  if (issues.length === 0) return 'nothing found';
  return `${count(of('error'), 'error')}, ${count(of('warning'), 'warning')}, ${of('info')} to know`;
}
