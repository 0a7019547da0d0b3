import { createHash } from 'node:crypto';
import { openQuotas, type Quota } from './quota.ts';

/** Which calls a fault befalls. `*` in a pattern stands for anything; a pattern that is not given admits all. */
export interface FaultTarget {
  /** `service:Operation`: `s3:GetBucketPolicy`, `s3:*`, `kms:List*`; one of them is enough. */
  readonly on?: string | readonly string[];
  /** The caller's account; for AssumeRole, the account of the role. */
  readonly accountId?: string;
  readonly region?: string;
  /** The bucket, key, access point, policy, target or role that the call names. */
  readonly resource?: string;
  /** The share of these calls that it befalls, from 0 to 1: all unless given. */
  readonly rate?: number;
  /** Only the first so many of the calls that are alike. */
  readonly times?: number;
}

/** Something that goes wrong, by configuration. */
export type Fault = FaultTarget &
  (
    | { readonly kind: 'throttle' }
    /** Throttles what comes faster; for each account and Region by itself, and all operations of the target together. */
    | ({ readonly kind: 'quota' } & Quota)
    | { readonly kind: 'expired' }
    | { readonly kind: 'region-disabled' }
    | { readonly kind: 'reset' }
    | { readonly kind: 'hang' }
    | { readonly kind: 'latency'; readonly milliseconds: number }
    /** An answer that says that all is well, and is none of the service's: the page of a proxy, or half an answer. */
    | { readonly kind: 'malformed'; readonly body: string }
    | { readonly kind: 'deny'; readonly message?: string }
    | { readonly kind: 'error'; readonly status: number; readonly code: string; readonly message?: string }
  );

/** A call, as far as faults look at it. */
export interface FaultSubject {
  readonly service: string;
  readonly operation: string;
  readonly accountId: string;
  readonly region: string;
  readonly resource: string;
}

/** What befalls a call: how long it waits, and then the first fault that is not a wait. */
export interface Mishap {
  readonly wait: number;
  readonly fault: Exclude<Fault, { readonly kind: 'latency' | 'quota' }> | undefined;
}

/**
 * The faults of a server. The same calls in the same order meet the same faults, whatever runs beside them; but for
 * quotas, which go by the clock `now`, in milliseconds.
 */
export function faultsOf(
  faults: readonly Fault[],
  seed: number,
  now = (): number => performance.now(),
): (subject: FaultSubject) => Mishap {
  const counts = new Map<string, number>();
  const admits = openQuotas(now);
  return (subject) => {
    const key = Object.values(subject).join(' ');
    const nth = (counts.get(key) ?? 0) + 1;
    counts.set(key, nth);
    const befalling = faults.filter(
      (fault, place) =>
        matches(fault, subject) &&
        nth <= (fault.times ?? Infinity) &&
        drawn(`${String(seed)} ${String(place)} ${String(nth)} ${key}`) < (fault.rate ?? 1),
    );
    const waits = befalling.map((fault) => (fault.kind === 'latency' ? fault.milliseconds : 0));
    const { accountId, region } = subject;
    const met = befalling.map((fault): Mishap['fault'] => {
      if (fault.kind === 'latency') return undefined;
      if (fault.kind !== 'quota') return fault;
      return admits([faults.indexOf(fault), accountId, region].join(' '), fault)
        ? undefined
        : { kind: 'throttle' };
    });
    return {
      wait: waits.reduce((sum, wait) => sum + wait, 0),
      fault: met.find((fault) => fault !== undefined),
    };
  };
}

function matches(fault: Fault, subject: FaultSubject): boolean {
  const patterns = fault.on === undefined ? ['*'] : [fault.on].flat();
  const call = `${subject.service}:${subject.operation}`;
  return (
    patterns.some((pattern) => fits(pattern, call)) &&
    fits(fault.accountId, subject.accountId) &&
    fits(fault.region, subject.region) &&
    fits(fault.resource, subject.resource)
  );
}

/** Does the text fit the pattern, in which `*` stands for anything? */
function fits(pattern: string | undefined, text: string): boolean {
  if (pattern === undefined) return true;
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return text === pattern;
  if (!text.startsWith(first)) return false;
  let place = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, place);
    if (found < 0) return false;
    place = found + part.length;
  }
  return text.length - last.length >= place && text.endsWith(last);
}

/** A number from 0 to 1 that follows from the text. */
function drawn(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE() / 2 ** 32;
}
