import type { StatementRef } from '@denyscope/model';

/** Do both name one statement, attached in one place? */
export function isSameRef(a: StatementRef | undefined, b: StatementRef | undefined): boolean {
  if (a === b) return true;
  if (!a || !b) return false;
  return (
    a.path === b.path && a.document === b.document && a.layer === b.layer && a.attachedTo === b.attachedTo
  );
}

/** Adds the statement, where there is one that is not among them. A layer's statements that bear on a request are few. */
export function addOnce(ref: StatementRef | undefined, to: StatementRef[]): void {
  if (ref && !to.some((other) => isSameRef(ref, other))) to.push(ref);
}

/** Each statement once, in their order. */
export function uniqueRefs(refs: readonly StatementRef[]): StatementRef[] {
  const unique: StatementRef[] = [];
  for (const ref of refs) addOnce(ref, unique);
  return unique;
}
