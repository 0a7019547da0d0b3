import { type PrunedScans } from '../scan-record.ts';
import { count } from './statement.ts';

/** What was pruned, or would be, for people. */
export function renderPruned({ dryRun, scans, facts, documents }: PrunedScans): string {
  if (scans.length === 0) return 'no scan is old enough to go';
  const what = `${scans.length === 1 ? 'scan' : 'scans'} ${scans.join(', ')}`;
  const rest = `${count(facts, 'resource version')} and ${count(documents, 'policy document')} that no other scan has`;
  return dryRun ? `would go: ${what}; with ${rest}` : `pruned ${what}; with ${rest}`;
}
