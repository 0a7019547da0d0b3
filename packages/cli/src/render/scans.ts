import { type ListedScan } from '../scan-record.ts';
import { moment } from './statement.ts';
import { type Style } from './style.ts';
import { table } from './table.ts';

const HEADS = ['scan', 'status', 'source', 'taken', 'finished', 'resources', 'changed'];

/** The list of scans for people. */
export function renderScans({ scans }: { readonly scans: readonly ListedScan[] }, style: Style): string {
  if (scans.length === 0) return 'no scans yet: run `denyscope import FILE` or `denyscope demo` first';
  return table(HEADS, scans.map(rowText), style);
}

function rowText({ id, status, source, takenAt, finishedAt, ...scan }: ListedScan): readonly string[] {
  const resources = Object.values(scan.counts).reduce((sum, each) => sum + each, 0);
  const finished = finishedAt === undefined ? '' : moment(finishedAt);
  const changed = `${scan.opened} new or different, ${scan.closed} gone`;
  return [id, status, source, moment(takenAt), finished, String(resources), changed];
}
