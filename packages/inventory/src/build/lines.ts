import {
  snapshotLineOwner,
  type AccountId,
  type SnapshotData,
  type SnapshotKind,
  type SnapshotLine,
} from '@denyscope/model';
import { sortSnapshot } from '../snapshot/canonical-order.ts';
import { groupBy } from './group-by.ts';

/** A line of a known kind, with the AWS shape of its data. */
export type LineOf<K extends SnapshotKind> = SnapshotLine & {
  readonly kind: K;
  readonly data: SnapshotData<K>;
};

/** The lines of each kind, in canonical order. */
export interface LinesByKind {
  readonly of: <K extends SnapshotKind>(kind: K) => readonly LineOf<K>[];
  /** Every account that any line belongs to. */
  readonly accountIds: ReadonlySet<AccountId>;
}

/** Groups lines by kind; the order in which they come does not matter. */
export function linesByKind(lines: Iterable<SnapshotLine>): LinesByKind {
  const groups = groupBy(sortSnapshot(lines), (line) => line.kind);
  const accountIds = new Set<AccountId>();
  for (const group of groups.values()) {
    for (const line of group) {
      const owner = snapshotLineOwner(line);
      if (owner !== undefined) accountIds.add(owner);
    }
  }
  return { accountIds, of: (kind) => (groups.get(kind) ?? []).filter((line) => isLineOf(line, kind)) };
}

/** INVARIANT: lines come out of model's `checkSnapshotLine`, so that the kind proves the shape of the data. */
function isLineOf<K extends SnapshotKind>(line: SnapshotLine, kind: K): line is LineOf<K> {
  return line.kind === kind;
}

/** The account that a line belongs to. INVARIANT: model's `checkSnapshotLine` demands one of every owned kind. */
export function ownerOf(line: SnapshotLine): AccountId {
  const owner = snapshotLineOwner(line);
  if (owner === undefined)
    throw new Error(`a line of kind \`${line.kind}\` has no account: it was never checked`);
  return owner;
}
