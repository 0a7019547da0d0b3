import {
  absent,
  isSnapshotKind,
  jsonPointer,
  SNAPSHOT_KINDS,
  type FieldChange,
  type Observed,
  type SnapshotLine,
  type Unreadable,
} from '@denyscope/model';
import { askedFields, observedField, type CollectedFields } from '../build/facts.ts';
import { byCodeUnit } from '../snapshot/canonical-order.ts';
import { policyChange } from './policy.ts';
import { valueChanges, type Place } from './values.ts';

/** A line as a scan told it, or undefined where it told none, and what that scan asked for. */
export interface ToldLine {
  readonly line: SnapshotLine | undefined;
  readonly collected: CollectedFields;
}

/** The resource's identity, what is said of single fields, and the time of reading. */
const NO_FIELDS: ReadonlySet<string> = new Set([
  'kind',
  'accountId',
  'region',
  'data',
  'unreadable',
  'fetchedAt',
]);

/** The fields in which two lines of one resource differ: those of `data`, then what else stands in the lines. */
export function fieldChanges(before: ToldLine, after: ToldLine): readonly FieldChange[] {
  const fields = new Set([...fieldsOf(before), ...fieldsOf(after)]);
  return [
    ...[...fields].toSorted(byCodeUnit).flatMap((field) => fieldChange(field, before, after)),
    ...valueChanges(besideData(before), besideData(after), { before: [], after: [], name: '' }),
  ];
}

function fieldsOf({ line }: ToldLine): readonly string[] {
  if (line === undefined) return [];
  const names = [...Object.keys(line.data), ...(line.unreadable ?? []).map(({ field }) => field)];
  return names.filter((name) => name !== 'fetchedAt');
}

function besideData({ line }: ToldLine): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(line ?? {}).filter(([name]) => !NO_FIELDS.has(name)));
}

function fieldChange(field: string, before: ToldLine, after: ToldLine): readonly FieldChange[] {
  const one = stateOf(field, before, after);
  const other = stateOf(field, after, before);
  const place: Place = { before: ['data', field], after: ['data', field], name: field };
  if (one.kind !== 'unreadable' && other.kind !== 'unreadable') {
    return valueChanges(valueOf(one), valueOf(other), place, policyChange);
  }
  if (one.kind === 'unreadable' && other.kind === 'unreadable' && one.reason === other.reason) return [];
  return [
    {
      path: jsonPointer(place.after),
      name: field,
      change: readabilityOf(one, other),
      ...(one.kind === 'seen' && { before: one.value }),
      ...(other.kind === 'seen' && { after: other.value }),
      unreadable: {
        ...(one.kind === 'unreadable' && { before: whyOf(one) }),
        ...(other.kind === 'unreadable' && { after: whyOf(other) }),
      },
    },
  ];
}

/**
 * What a line tells of a field. A field that it lacks was there to be seen or not by the rule of `observedField`, if a
 * layer reads it or the other scan asked for it; any other came along with the listing, and is absent.
 */
function stateOf(field: string, told: ToldLine, other: ToldLine): Observed<unknown> {
  const { line, collected } = told;
  if (line === undefined) return absent();
  const state = observedField(line, askedFields(collected, line.kind), field);
  const isListed = line.unreadable?.some((entry) => entry.field === field) === true;
  if (state.kind !== 'unreadable' || isListed || isRead(line.kind, field)) return state;
  return askedFields(other.collected, line.kind)?.has(field) === true ? state : absent();
}

/** Does a layer read this member of the kind's data? */
function isRead(kind: string, field: string): boolean {
  return isSnapshotKind(kind) && Object.hasOwn(SNAPSHOT_KINDS[kind].shape, field);
}

function valueOf(state: Observed<unknown>): unknown {
  return state.kind === 'seen' ? state.value : undefined;
}

function readabilityOf(before: Observed<unknown>, after: Observed<unknown>): FieldChange['change'] {
  if (before.kind !== 'unreadable') return 'became-unreadable';
  return after.kind === 'unreadable' ? 'changed' : 'became-readable';
}

function whyOf({ reason, message }: Unreadable): { reason: string; message?: string } {
  return { reason, ...(message !== undefined && { message }) };
}
