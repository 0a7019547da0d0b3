import type { Lockout } from './schema/lockout.ts';

/**
 * What a scan knows of one fact. `absent` is proved by AWS's own typed answer; `unreadable` is neither there nor
 * not there, and every verdict that needs it is `unknown` (semantics.md section 0.1).
 */
export type Observed<T> =
  { readonly kind: 'seen'; readonly value: T } | { readonly kind: 'absent' } | Unreadable;

/** Why a fact could not be read: AWS's error code, or `NotCollected` where nobody asked. */
export interface Unreadable {
  readonly kind: 'unreadable';
  readonly reason: string;
  readonly message?: string | undefined;
  /** What locked the scanner out, where that is known. */
  readonly lockout?: Lockout | undefined;
}

/** The reason of a fact that the scan never asked for. */
export const NOT_COLLECTED = 'NotCollected';

const ABSENT: Observed<never> = Object.freeze({ kind: 'absent' });

export function seen<T>(value: T): Observed<T> {
  return { kind: 'seen', value };
}

export function absent<T>(): Observed<T> {
  return ABSENT;
}

export function unreadable(reason: string, message?: string, lockout?: Lockout): Unreadable {
  return { kind: 'unreadable', reason, message, ...(lockout && { lockout }) };
}

/** The same fact seen through `view`; absent and unreadable stay what they are. */
export function mapObserved<T, U>(fact: Observed<T>, view: (value: T) => U): Observed<U> {
  return fact.kind === 'seen' ? seen(view(fact.value)) : fact;
}

/** The fact's value, or `fallback` where it is proved absent; unreadable stays unreadable. */
export function orWhenAbsent<T>(fact: Observed<T>, fallback: T): Observed<T> {
  return fact.kind === 'absent' ? seen(fallback) : fact;
}
