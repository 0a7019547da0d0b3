import { checkSnapshotLine, type COVERAGE_STEPS, type Fault, type SnapshotLine } from '@denyscope/model';
import type { JsonObject } from './plain.ts';

/** Why one field of a line could not be read. */
export interface UnreadableField {
  readonly field: string;
  readonly reason: string;
  readonly message?: string;
}

/** A line before it is checked: what was seen, and what could not be read. */
export interface Draft {
  readonly kind: string;
  readonly accountId?: string | undefined;
  readonly region?: string | undefined;
  readonly data: JsonObject;
  readonly unreadable?: readonly UnreadableField[];
}

/**
 * A draft as a line of the snapshot. A field that does not fit AWS's shape becomes unreadable, never absent
 * (stack.md section 5); where the line's own identity does not fit, the fault comes back in its place.
 */
export function finishLine(draft: Draft): { readonly line: SnapshotLine } | { readonly fault: Fault } {
  const checked = checkSnapshotLine(lineOf(draft));
  if ('line' in checked) return checked;
  const field = fieldAt(checked.fault.path);
  return field !== undefined && Object.hasOwn(draft.data, field)
    ? finishLine(withoutField(draft, field, checked.fault))
    : checked;
}

function lineOf({ kind, accountId, region, data, unreadable = [] }: Draft): object {
  return {
    kind,
    ...(accountId !== undefined && { accountId }),
    ...(region !== undefined && { region }),
    data,
    ...(unreadable.length > 0 && { unreadable }),
  };
}

/** The member of `data` that a JSON pointer leads into. */
function fieldAt(pointer: string): string | undefined {
  const [, data, field] = pointer.split('/');
  return data === 'data' ? field?.replaceAll('~1', '/').replaceAll('~0', '~') : undefined;
}

function withoutField(draft: Draft, field: string, { path, message }: Fault): Draft {
  const rest = Object.entries(draft.data).filter(([name]) => name !== field);
  const entry = { field, reason: 'InvalidResponse', message: `${path}: ${message}` };
  return {
    ...draft,
    data: Object.fromEntries(rest),
    unreadable: [...(draft.unreadable ?? []).filter((known) => known.field !== field), entry],
  };
}

/** Where and why a step of the scan failed. */
export interface Gap {
  readonly step: keyof typeof COVERAGE_STEPS;
  readonly accountId?: string | undefined;
  readonly region?: string | undefined;
  readonly reason: string;
  readonly message: string;
}

/** The line that tells what could not be collected (formats.md section 1, `coverage`). */
export function coverageLine({ step, accountId, region, reason, message }: Gap): SnapshotLine {
  return {
    kind: 'coverage',
    ...(accountId !== undefined && { accountId }),
    ...(region !== undefined && { region }),
    data: { step, reason, ...(message !== '' && { message }) },
  };
}
