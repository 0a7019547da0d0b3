import { type Scanned } from '../scanning/scanned.ts';
import { count, moment } from './statement.ts';
import { type Style } from './style.ts';
import { table } from './table.ts';

/** What a live scan did, for people. */
export function renderScanned({ scan, accounts, gaps, notRead, ...times }: Scanned, style: Style): string {
  const seconds = Math.round((Date.parse(times.finishedAt) - Date.parse(times.startedAt)) / 1000);
  const total = Object.values(scan.counts).reduce((sum, each) => sum + each, 0);
  const { complete, partial, failed, skipped } = accounts;
  const rows = notRead.map(({ accountId, outcome, reason }) => [accountId, outcome, reason]);
  return [
    `${style.bold(`scan ${scan.id}`)}: ${count(total, 'resource')} of ${moment(scan.takenAt)}, in ${count(seconds, 'second')}`,
    `accounts: ${complete} read, ${partial} in part, ${failed} failed, ${skipped} left out; ${count(gaps, 'gap')}`,
    ...(rows.length === 0 ? [] : [table(['account', 'outcome', 'why'], rows, style)]),
    `since the scan before: ${scan.opened} new or different, ${scan.closed} gone; ${count(scan.documents, 'new policy document')}`,
  ].join('\n');
}
