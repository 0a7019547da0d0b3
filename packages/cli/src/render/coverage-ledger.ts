import { type CoverageAnswer, type CoverageRow, type LedgerGap, type ReadLedger } from '@denyscope/model';
import { lockoutText } from './lockout.ts';
import { count, moment } from './statement.ts';
import { type Style } from './style.ts';
import { type Cell, table } from './table.ts';

const HEADS = ['account', 'name', 'status', 'coverage', 'what is missing'];
const READ_HEADS = ['of', 'read', 'by', 'seen', 'absent', 'unreadable', 'skipped', 'why'];

/** The answer of coverage for people: an account a line; of one that was asked for, every read as well. */
export function renderCoverage({ scan, organization, accounts }: CoverageAnswer, style: Style): string {
  const rows = [...(organization ? [organization] : []), ...accounts];
  const heading = `scan ${scan.id} of ${moment(scan.finishedAt)}`;
  const [only] = accounts;
  if (only?.reads === undefined)
    return [
      heading,
      table(
        HEADS,
        rows.map((row) => rowText(row, style)),
        style,
      ),
      summary(accounts),
    ].join('\n');
  return [
    heading,
    table(HEADS, [rowText(only, style)], style),
    table(READ_HEADS, only.reads.map(readText), style),
  ].join('\n');
}

/** Gaps of one account, beyond which they are counted. */
const SHOWN = 3;

function rowText(row: CoverageRow, style: Style): readonly Cell[] {
  const { accountId, name, status, coverage, gaps, gapsLeftOut, reads } = row;
  const shown = gaps.slice(0, reads === undefined ? SHOWN : gaps.length).map(gapText);
  const rest = gaps.length - shown.length + gapsLeftOut;
  const missing = [...shown, ...(rest > 0 ? [`and ${count(rest, 'more gap')}`] : [])].join('\n');
  const { paint } = style.verdict(coverage === 1 ? 'allowed' : 'unknown');
  return [accountId ?? 'organization', name ?? '', status, { text: percent(coverage), paint }, missing];
}

/** With one decimal, rounded down: what is missing is never rounded away. */
function percent(share: number): string {
  return `${(Math.floor(share * 1000) / 10).toFixed(1)} %`;
}

function gapText(gap: LedgerGap): string {
  const { step, kind, count: times, region, reason, effect } = gap;
  const many = kind === undefined ? count(times, 'Region') : count(times, kind);
  const where = times > 1 ? ` (${many})` : region === undefined ? '' : ` (${region})`;
  return [`${step}${where}`, reason, effect, lockoutText(gap)].filter((part) => part !== '').join(': ');
}

function readText({ kind, field, step, reasons, ...read }: ReadLedger): readonly Cell[] {
  const why = Object.entries(reasons).map(([reason, times]) => `${reason} ${times}`);
  const counts = [read.seen, read.absent, read.unreadable, read.skipped].map(String);
  return [kind, field ?? 'list', step ?? '', ...counts, why.join(', ')];
}

function summary(accounts: readonly CoverageRow[]): string {
  const complete = accounts.filter(({ status }) => status === 'complete').length;
  return `${complete} of ${count(accounts.length, 'account')} read completely`;
}
