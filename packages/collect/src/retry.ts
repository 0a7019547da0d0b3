import type { STSClientConfig } from '@aws-sdk/client-sts';
import { DefaultRateLimiter } from '@smithy/core/retry';
import { setTimeout as sleep } from 'node:timers/promises';

export interface RetryOptions {
  readonly maxAttempts: number;
  /** Calls a second to which throttling slows the others down at most. */
  readonly slowest: number;
  /** Cuts waiting short. */
  readonly signal: AbortSignal;
  /** Hears how many milliseconds a call waited because AWS said that it came too fast. */
  readonly waited: (ms: number) => void;
}

/** Milliseconds that the first retry waits at most; each one after it up to twice as long. */
const FIRST_DELAY = { THROTTLING: 1_000, TRANSIENT: 100 } as const;
const LONGEST_DELAY = 20_000;

interface Token {
  readonly getRetryCount: () => number;
  readonly getRetryDelay: () => number;
}

interface Refusal {
  /** What the SDK makes of the error: it knows AWS's codes and statuses, and Node's. */
  readonly errorType: string;
  /** What the answer said about when to come back. */
  readonly retryAfterHint?: Date;
}

/**
 * Tries calls again that AWS throttles or that fail on the way (semantics.md H.6), after a random time that doubles; and
 * slows down all calls of the client, which is one for each service, Region and account, when one is throttled.
 *
 * The SDK's own strategy stops to try again when a client has met too many failures, as a web server should; a scan
 * would rather be late than know less. And its limiter falls to one call in two seconds where the first second is
 * throttled, since it has measured no rate yet, from which short-lived clients never recover.
 */
export function adaptiveRetry(options: RetryOptions): NonNullable<STSClientConfig['retryStrategy']> {
  const { maxAttempts, slowest, signal, waited } = options;
  const limiter = new DefaultRateLimiter({ minFillRate: slowest, minCapacity: slowest });
  let throttled = false;
  const turn = async (): Promise<void> => {
    const begun = performance.now();
    await limiter.getSendToken();
    // Until then the limiter lets every call pass: what it took is not AWS's doing.
    if (throttled) waited(performance.now() - begun);
  };
  return {
    acquireInitialRetryToken: async () => {
      await turn();
      return tokenOf(0);
    },
    refreshRetryTokenForRetry: async (token: Token, refusal: Refusal) => {
      limiter.updateClientSendingRate(refusal);
      throttled ||= refusal.errorType === 'THROTTLING';
      const retries = token.getRetryCount();
      const delay = delayOf(refusal, retries);
      if (delay === undefined || retries + 1 >= maxAttempts) throw new Error('not to be tried again');
      await sleep(delay, undefined, { signal });
      if (refusal.errorType === 'THROTTLING') waited(delay);
      await turn();
      return tokenOf(retries + 1);
    },
    recordSuccess: () => {
      limiter.updateClientSendingRate({});
    },
  };
}

/** The wait is over when a token is given out. */
function tokenOf(retries: number): Token {
  return { getRetryCount: () => retries, getRetryDelay: () => 0 };
}

/** Milliseconds to wait, all jitter: at random from none to the most. Undefined where another try would not help. */
function delayOf({ errorType, retryAfterHint }: Refusal, retries: number): number | undefined {
  if (errorType !== 'THROTTLING' && errorType !== 'TRANSIENT') return undefined;
  const most = Math.min(FIRST_DELAY[errorType] * 2 ** retries, LONGEST_DELAY);
  const asked = retryAfterHint === undefined ? 0 : retryAfterHint.getTime() - Date.now();
  return Math.max(Math.random() * most, Math.min(asked, LONGEST_DELAY));
}
