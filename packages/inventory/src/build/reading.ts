import {
  mapObserved,
  NOT_COLLECTED,
  unreadable,
  type CoverageGap,
  type Observed,
  type SnapshotHeader,
  type SnapshotKind,
  type SnapshotLine,
  type Unreadable,
} from '@denyscope/model';
import type { PolicyText } from '../estate.ts';
import { documentPool, type InternDocument, type RawDocument } from './documents.ts';
import { collectedFields, fieldReader, type CollectedFields, type FieldReader } from './facts.ts';
import { coverageGaps } from './gaps.ts';
import { linesByKind, type LineOf, type LinesByKind } from './lines.ts';

/** A snapshot taken in hand: what every part of the estate is built from. */
export interface Reading {
  readonly header: SnapshotHeader;
  readonly lines: LinesByKind;
  readonly collected: CollectedFields;
  readonly gaps: readonly CoverageGap[];
  readonly intern: InternDocument;
}

export function startReading(header: SnapshotHeader, lines: Iterable<SnapshotLine>): Reading {
  const byKind = linesByKind(lines);
  return {
    header,
    lines: byKind,
    collected: collectedFields(header),
    gaps: coverageGaps(byKind.of('coverage')),
    intern: documentPool(),
  };
}

/** Reads the facts of one line by field name, by the rule of `fieldReader`. */
export function factsOf<K extends SnapshotKind>(
  reading: Reading,
  line: LineOf<K>,
): FieldReader<LineOf<K>['data']> {
  return fieldReader(reading.collected, line);
}

/** The interned text of a document that may be there. */
export function policyText(reading: Reading, document: Observed<RawDocument>): Observed<PolicyText> {
  return mapObserved(document, reading.intern);
}

/** The text of a document that AWS always has: where the snapshot lacks it, nobody asked, or `why` says more. */
export function documentOrMissing(
  reading: Reading,
  document: Observed<RawDocument>,
  why: Unreadable = unreadable(NOT_COLLECTED),
): Observed<PolicyText> {
  return document.kind === 'absent' ? why : policyText(reading, document);
}
