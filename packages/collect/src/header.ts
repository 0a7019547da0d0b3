import { SNAPSHOT_FORMAT, type SnapshotHeader } from '@denyscope/model';
import { READS } from './calls/index.ts';

/** What every account has: a line without them was not told, because the account itself could not be read. */
const NEVER_ABSENT: ReadonlySet<string> = new Set(['account CanonicalUserId', 'account EnabledRegions']);

/** Kind of line → fields that a scan asks for: one that a line lacks, `unreadable` aside, was proved absent. */
export function collectedFields(): Readonly<Record<string, readonly string[]>> {
  const collected = new Map<string, Set<string>>();
  for (const [kind, fields] of READS.flatMap(({ fills }) => Object.entries(fills))) {
    const provable = fields.filter((field) => !NEVER_ABSENT.has(`${kind} ${field}`));
    collected.set(kind, new Set([...(collected.get(kind) ?? []), ...provable]));
  }
  return Object.fromEntries(Array.from(collected, ([kind, fields]) => [kind, [...fields]]));
}

/** The first line of a snapshot that this package fills (formats.md section 1). */
export function snapshotHeader(takenAt: string, source: SnapshotHeader['source'] = 'aws'): SnapshotHeader {
  const collected = Object.fromEntries(
    Object.entries(collectedFields()).map(([kind, fields]) => [kind, [...fields]]),
  );
  return { kind: 'snapshot', format: SNAPSHOT_FORMAT, takenAt, source, collected };
}
