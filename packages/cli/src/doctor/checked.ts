export type Outcome = 'ok' | 'warning' | 'failed' | 'not checked';

/** What one check of `denyscope doctor` came to. */
export interface Checked {
  readonly check: string;
  readonly outcome: Outcome;
  readonly found: string;
  /** What to do about it, a thing a line; nothing where all is well. */
  readonly advice: readonly string[];
}

export function ok(check: string, found: string): Checked {
  return { check, outcome: 'ok', found, advice: [] };
}

export function warning(check: string, found: string, ...advice: readonly string[]): Checked {
  return { check, outcome: 'warning', found, advice };
}

export function failed(check: string, found: string, ...advice: readonly string[]): Checked {
  return { check, outcome: 'failed', found, advice };
}

/** It could not be looked at, because something before it is wrong or missing. */
export function notChecked(check: string, why: string): Checked {
  return { check, outcome: 'not checked', found: why, advice: [] };
}
