import { snapshotLineId, type SnapshotLine } from '@denyscope/model';

/**
 * The lines in the order of the canonical form: kind, account, Region, id, each by code unit (formats.md section 1).
 * The same order as model's `compareSnapshotLines`, with each line's id read once; sorted input costs one pass.
 */
export function sortSnapshot(lines: Iterable<SnapshotLine>): readonly SnapshotLine[] {
  const keyed = Array.from(lines, (line) => ({ line, key: sortKeyOf(line) }));
  return keyed.toSorted((a, b) => compareKeys(a.key, b.key)).map(({ line }) => line);
}

type SortKey = readonly [kind: string, accountId: string, region: string, id: string];

function sortKeyOf(line: SnapshotLine): SortKey {
  return [line.kind, line.accountId ?? '', line.region ?? '', snapshotLineId(line)];
}

function compareKeys(a: SortKey, b: SortKey): number {
  return byCodeUnit(a[0], b[0]) || byCodeUnit(a[1], b[1]) || byCodeUnit(a[2], b[2]) || byCodeUnit(a[3], b[3]);
}

/** Compares two texts by code unit, whatever the language of the machine. */
export function byCodeUnit(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
