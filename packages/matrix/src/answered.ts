/** Why a question could not be answered: what was asked for is not in the scan, or makes no sense. */
export interface Problem {
  readonly code: 'not-found' | 'invalid';
  /** The part of the question at fault: `bucket`, `principal`, `action`, `resource`, `via`, `cursor`, … */
  readonly field: string;
  readonly message: string;
}

/** An answer, or why there is none. */
export type Answered<T> =
  { readonly ok: true; readonly answer: T } | { readonly ok: false; readonly problem: Problem };

export function answered<T>(answer: T): Answered<T> {
  return { ok: true, answer };
}

export function notFound(field: string, message: string): { readonly ok: false; readonly problem: Problem } {
  return { ok: false, problem: { code: 'not-found', field, message } };
}

export function invalid(field: string, message: string): { readonly ok: false; readonly problem: Problem } {
  return { ok: false, problem: { code: 'invalid', field, message } };
}
