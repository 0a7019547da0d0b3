import { type Checked, type Outcome } from '../doctor/checked.ts';
import { count } from './statement.ts';
import { type Style } from './style.ts';
import { wrap } from './wrap.ts';

/** One check for people: how it stands, what was found, and under it what to do. */
export function renderChecked({ check, outcome, found, advice }: Checked, style: Style): string {
  const head = `${outcome.padEnd(OUTCOME_WIDTH)}${check.padEnd(CHECK_WIDTH)}`;
  const painted = `${paintOf(outcome, style)(outcome.padEnd(OUTCOME_WIDTH))}${style.bold(check.padEnd(CHECK_WIDTH))}`;
  const width = (style.width ?? Number.POSITIVE_INFINITY) - head.length;
  const indent = ' '.repeat(head.length);
  const lines = wrap(found, width);
  const todo = advice.flatMap((each) =>
    wrap(each, width - ARROW.length).map((line, place) => `${place === 0 ? ARROW : '  '}${line}`),
  );
  return [...lines, ...todo].map((line, place) => `${place === 0 ? painted : indent}${line}`).join('\n');
}

const OUTCOME_WIDTH = 'not checked'.length + 2;
const CHECK_WIDTH = 'configuration'.length + 2;
const ARROW = '> ';

function paintOf(outcome: Outcome, { verdict, severity, dim }: Style): (text: string) => string {
  if (outcome === 'ok') return verdict('allowed').paint;
  if (outcome === 'not checked') return dim;
  return severity(outcome === 'failed' ? 'error' : 'warning').paint;
}

/** The last line. */
export function renderSummary(checks: readonly Checked[]): string {
  const of = (outcome: Outcome): number => checks.filter((each) => each.outcome === outcome).length;
  const [bad, doubtful, open] = [of('failed'), of('warning'), of('not checked')];
  if (bad + doubtful + open === 0) return 'all is well';
  return `${bad} failed, ${count(doubtful, 'warning')}, ${open} not checked`;
}
