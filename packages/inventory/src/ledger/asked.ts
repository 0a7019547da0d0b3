import {
  layerField,
  layerFieldNames,
  NOT_COLLECTED,
  type ReadCounts,
  type SnapshotHeader,
  type SnapshotLine,
  type Unreadable,
} from '@denyscope/model';
import { askedFields, collectedFields, observedField } from '../build/facts.ts';

/** How a read came out. */
export type Outcome = keyof ReadCounts;

/** One field of one line: what came of it, and why where it has no answer. */
export interface FieldOutcome {
  readonly field: string;
  readonly outcome: Outcome;
  readonly why: Unreadable | undefined;
}

/** Says of each line which fields should be known of it, and what came of each. */
export interface AskedFields {
  readonly of: (line: SnapshotLine) => readonly FieldOutcome[];
  /** Was the kind asked for at all? */
  readonly isCollected: (kind: string) => boolean;
}

/** Reasons by which something was left out, rather than tried in vain. */
const LEFT_OUT: ReadonlySet<string> = new Set([NOT_COLLECTED, 'Excluded', 'Suspended', 'RegionDisabled']);

/** Whether a reason tells of a read that was left out, or of one that failed. */
export function outcomeOfReason(reason: string): 'skipped' | 'unreadable' {
  return LEFT_OUT.has(reason) ? 'skipped' : 'unreadable';
}

/**
 * The fields that count: those that the first line says were asked for, and those that a layer reads, asked for or
 * not, since a verdict that needs one of them is unknown.
 */
export function askedFieldsOf(header: SnapshotHeader): AskedFields {
  const collected = collectedFields(header);
  const byKind = new Map<string, Asked>();
  const askedOf = (kind: string): Asked => {
    const known = byKind.get(kind);
    if (known) return known;
    const asked = askedFields(collected, kind);
    const fields = Array.from(new Set([...(asked ?? []), ...layerFieldNames(kind)]));
    // Of kinds that nobody asked for and no layer reads there is nothing to count, however many there are.
    if (fields.length > 0) byKind.set(kind, { asked, fields });
    return { asked, fields };
  };
  return {
    isCollected: (kind) => collected.has(kind),
    of: (line) => {
      const { asked, fields } = askedOf(line.kind);
      if (fields.length === 0) return [];
      const extra = (line.unreadable ?? [])
        .map(({ field }) => field)
        .filter((field) => !fields.includes(field));
      return [...fields, ...extra].map((field) => outcomeOf(line, asked, field));
    },
  };
}

interface Asked {
  readonly asked: ReadonlySet<string> | undefined;
  readonly fields: readonly string[];
}

function outcomeOf(line: SnapshotLine, asked: Asked['asked'], field: string): FieldOutcome {
  const fact = observedField(line, asked, field);
  if (fact.kind !== 'unreadable') return { field, outcome: fact.kind, why: undefined };
  return { field, outcome: outcomeOfReason(fact.reason), why: fact };
}

/** What is unknown without a field. */
export function fieldEffect(kind: string, field: string): string {
  return layerField(kind, field)?.effect ?? `what \`${field}\` of it says is unknown`;
}
