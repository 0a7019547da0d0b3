import { snapshotLineId, type Change, type CoverageGap, type SnapshotLine } from '@denyscope/model';
import { changeKind } from './change-kind.ts';
import { fieldChanges } from './fields.ts';
import { hiddenIn, tellsGap, type ScanSide } from './sides.ts';

/** One resource as two scans tell of it; undefined where a scan does not. */
export interface LinePair {
  readonly before: SnapshotLine | undefined;
  readonly after: SnapshotLine | undefined;
}

/** The scans that are compared. */
export interface ComparedSides {
  readonly before: ScanSide;
  readonly after: ScanSide;
}

/**
 * What changed of a resource between two scans; undefined where nothing did but times, the order of what has none, and
 * the spelling of policies. A resource that only one scan tells of is new or gone only where the other would have seen
 * it: what could not be read is no change of the resource.
 */
export function changeOf({ before, after }: LinePair, sides: ComparedSides): Change | undefined {
  const line = after ?? before;
  if (line === undefined || isOldGap(line, sides)) return undefined;
  const resource = {
    kind: line.kind,
    accountId: line.accountId ?? null,
    region: line.region ?? null,
    id: snapshotLineId(line),
  };
  const because = hidden({ before, after }, sides);
  if (because !== undefined) {
    const change = before === undefined ? 'became-readable' : 'became-unreadable';
    return { ...resource, change, because, fields: [] };
  }
  const fields = fieldChanges(
    { line: before, collected: sides.before.collected },
    { line: after, collected: sides.after.collected },
  );
  const change = changeKind(before, after);
  return change === 'changed' && fields.length === 0
    ? undefined
    : { ...resource, change, fields: [...fields] };
}

/** Both scans tell of the gap, and AWS's message alone differs, by which a gap has its identity. */
function isOldGap(line: SnapshotLine, { before, after }: ComparedSides): boolean {
  return line.kind === 'coverage' && tellsGap(before, line) && tellsGap(after, line);
}

/** What the scan that tells nothing of the resource could not read. */
function hidden({ before, after }: LinePair, sides: ComparedSides): CoverageGap | undefined {
  if (before === undefined && after !== undefined) return hiddenIn(sides.before, sides.after, after);
  return before !== undefined && after === undefined
    ? hiddenIn(sides.after, sides.before, before)
    : undefined;
}
