import { READS } from './calls/index.ts';
import type { Read, Scope } from './calls/read.ts';

/** What the role of an account must be allowed for a read, and what the read is about. */
export interface ReadActions {
  readonly actions: readonly string[];
  readonly scope: Exclude<Scope, 'organization'>;
}

/** Reads of one thing go before the listing that tells a part of the same. */
const NARROWEST_FIRST: readonly Scope[] = ['key', 'bucket', 'region', 'account'];

/** The read of an account that fills a field; undefined where none does. */
export function actionsOfField(kind: string, field: string): ReadActions | undefined {
  const reads = READS.filter(({ fills }) =>
    Object.entries(fills).some(([filled, fields]) => filled === kind && fields.includes(field)),
  );
  return narrowest(reads);
}

/** The read of an account whose failure is recorded as the step. */
export function actionsOfStep(step: string): ReadActions | undefined {
  return narrowest(READS.filter((read) => read.step === step));
}

function narrowest(reads: readonly Read[]): ReadActions | undefined {
  for (const scope of NARROWEST_FIRST) {
    const read = reads.find((each) => each.scope === scope);
    if (read && scope !== 'organization') return { actions: read.actions, scope };
  }
  return undefined;
}
