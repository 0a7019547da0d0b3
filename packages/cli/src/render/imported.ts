import { type Imported } from '../scan-record.ts';
import { count, moment } from './statement.ts';
import { type Style } from './style.ts';

/** What an import did, for people. */
export function renderImported(imported: Imported, style: Style): string {
  const { id, source, takenAt, counts, opened, closed, documents, notes } = imported;
  const kinds = Object.entries(counts).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const total = kinds.reduce((sum, [, number]) => sum + number, 0);
  const widest = Math.max(...kinds.map(([, number]) => String(number).length), 0);
  return [
    `${style.bold(`scan ${id}`)}: ${count(total, 'resource')} from a snapshot (${source}) of ${moment(takenAt)}`,
    ...kinds.map(([kind, number]) => `  ${String(number).padStart(widest)} ${kind}`),
    `since the scan before: ${opened} new or different, ${closed} gone; ${count(documents, 'new policy document')}`,
    ...notes.map(({ line, path, message }) => `note: line ${line}: ${path}: ${message}`),
  ].join('\n');
}
