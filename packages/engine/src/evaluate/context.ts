import type { Leg } from '@denyscope/model';

/** What one request knows of one condition key. */
export type KeyState =
  | { readonly kind: 'absent' }
  | { readonly kind: 'known'; readonly values: readonly string[] }
  /** The value is open; `leg` says whose atom it is, since session keys are shared by both legs. */
  | { readonly kind: 'open'; readonly leg: Leg; readonly alwaysPresent: boolean }
  /** A known beginning followed by the value of the open `key`, as the object's ARN is by its key. */
  | { readonly kind: 'prefixed'; readonly prefix: string; readonly key: 'key' | 'session-name' }
  /** The scan could not read where the value stands. */
  | { readonly kind: 'unreadable'; readonly document: string; readonly reason: string };

/** An open key, and the leg whose it is. */
export interface KeyPlace {
  readonly leg: Leg;
  readonly key: string;
}

/** The context of one leg of a request: presence and value of every key. */
export interface RequestContext {
  readonly leg: Leg;
  /** A closed context is evaluated at its point, without axioms; every key that is not given is absent. */
  readonly closed: boolean;
  /** The open keys that every request carries. */
  readonly alwaysPresent: readonly KeyPlace[];
  /** Of a key in lower case, as compiled policies hold it. */
  stateOf(key: string): KeyState;
  /** Likewise. */
  isMultiValued(key: string): boolean;
}

/** The key is not in the request. */
export const ABSENT: KeyState = { kind: 'absent' };

/** The key holds these values. */
export function known(...values: readonly string[]): KeyState {
  return { kind: 'known', values };
}

/**
 * A context in which all keys are given (formats.md section 2): names are case-insensitive, a key that is not given
 * is absent, and a key is multi-valued only where the request says so. Keys that `hides` names, in lower case, are
 * left out.
 */
export function closedContext(
  values: Readonly<Record<string, readonly string[]>>,
  multiValuedKeys: readonly string[],
  hides: (key: string) => boolean = () => false,
): RequestContext {
  const states = new Map<string, KeyState>();
  for (const name of Object.keys(values)) {
    const key = name.toLowerCase();
    if (!hides(key)) states.set(key, { kind: 'known', values: values[name] ?? [] });
  }
  const multiValued = new Set(multiValuedKeys.map((key) => key.toLowerCase()));
  return {
    leg: 's3',
    closed: true,
    alwaysPresent: [],
    stateOf(key) {
      return states.get(key) ?? ABSENT;
    },
    isMultiValued(key) {
      return multiValued.has(key);
    },
  };
}

/** The context without one key, which is given in lower case. */
export function withoutKey(context: RequestContext, absent: string): RequestContext {
  return { ...context, stateOf: (key) => (key.toLowerCase() === absent ? ABSENT : context.stateOf(key)) };
}
