import { CollectError } from './collect-error.ts';
import { failureOf, type AskedRead, type CallResult, type Failure } from './failure.ts';
import type { Page, Read } from './calls/read.ts';
import { coverageLine } from './line.ts';
import type { Job } from './job.ts';
import type { JsonObject } from './plain.ts';

/** Where a read is asked: in a Region, about one thing. */
export interface Place {
  readonly region: string;
  /** Name or id of what it is about; empty for an account or Region as a whole. */
  readonly id?: string;
}

/** Why a read has no answer, and what came before it failed. */
export interface Unread {
  readonly kind: 'unreadable';
  readonly reason: string;
  readonly message: string;
  readonly items: readonly JsonObject[];
}

/** What came of a read: all its items, AWS's word that there are none, or why nobody knows (semantics.md H.6). */
export type Answer =
  | { readonly kind: 'seen'; readonly items: readonly JsonObject[] }
  | { readonly kind: 'absent' }
  | { readonly kind: 'gone'; readonly reason: string; readonly message: string }
  | Unread;

/** Asks a read, page after page. One failure never stops the others: it is the answer. */
export async function ask(job: Job, read: Read, place: Place): Promise<Answer> {
  const items: JsonObject[] = [];
  let next: string | undefined;
  do {
    const at = next;
    const page = await renewing<Page>(job, () =>
      job.inHand(read.service, () => attempt(job, read, place, at)),
    );
    if ('state' in page) return failed(page, items);
    items.push(...page.items);
    if (page.next !== undefined && page.next === next) return failed(endless(read), items);
    next = page.next;
  } while (next !== undefined && next !== '');
  return { kind: 'seen', items };
}

/** Asks for a list whose failure is a gap of the scan, and hands on what was seen of it. */
export async function askList(job: Job, read: Read, place: Place): Promise<readonly JsonObject[]> {
  const answer = await ask(job, read, place);
  if (answer.kind === 'seen') return answer.items;
  if (answer.kind !== 'unreadable') return [];
  reportGap(job, read, place, answer);
  return answer.items;
}

/** Records that a step of the scan failed. */
export function reportGap(
  job: Job,
  read: Read,
  { region }: Place,
  { reason, message }: { readonly reason: string; readonly message: string },
): void {
  if (read.step === undefined) return;
  const accountId = read.scope === 'organization' ? undefined : job.accountId;
  const where = read.scope === 'region' ? { region } : {};
  job.emit(coverageLine({ step: read.step, accountId, ...where, reason, message }));
}

function failed({ state, reason, message }: Failure, items: readonly JsonObject[]): Answer {
  if (state === 'absent') return { kind: 'absent' };
  return state === 'gone'
    ? { kind: 'gone', reason, message }
    : { kind: 'unreadable', reason, message, items };
}

/** A server that answers every page with the same token would be asked for ever. */
function endless(read: Read): Failure {
  const error = new CollectError(
    'InvalidResponse',
    `every page of ${read.operation} names the same next one`,
  );
  return failureOf(error, read);
}

/** How often credentials are renewed for one call. */
const MOST_RENEWALS = 2;

/** AWS: an expired token is renewed, and the call made again (semantics.md H.6). */
export async function renewing<T extends object>(
  job: Job,
  call: () => Promise<T | Failure>,
): Promise<T | Failure> {
  for (let renewals = 0; ; renewals += 1) {
    const generation = job.session.generation();
    const result = await call();
    const isExpired = 'state' in result && result.state === 'expired';
    if (!isExpired || renewals === MOST_RENEWALS) return result;
    job.session.renew(generation);
  }
}

async function attempt(job: Job, read: Read, place: Place, next?: string): Promise<Page | Failure> {
  const target = { accountId: job.accountId ?? '', id: place.id ?? '' };
  return observed(job, { ...read, region: place.region }, () =>
    read.run(job.clients(place.region), target, next),
  );
}

/** What is counted of a call, and what its failure means. */
export interface Call extends AskedRead {
  readonly service: Read['service'];
  readonly operation: string;
  readonly region: string;
}

/** Makes one call within the deadline, and tells the observer how it ended. Throws only where the scan is cancelled. */
export async function observed<T extends object>(
  job: Job,
  what: Call,
  send: () => Promise<T>,
): Promise<T | Failure> {
  const begun = performance.now();
  const tell = (result: CallResult): void => {
    const { service, operation, region } = what;
    const ms = performance.now() - begun;
    job.observe({ service, operation, accountId: job.accountId, region, result, ms });
  };
  try {
    if (job.signal.aborted) throw deadlinePassed();
    if (job.silence.holds(what)) throw noAnswer(what);
    const value = await beforeDeadline(send(), job.signal);
    job.silence.note(what, true);
    tell('ok');
    return value;
  } catch (error) {
    job.throwIfCancelled();
    const failure = failureOf(job.signal.aborted ? deadlinePassed() : error, what);
    job.silence.note(what, failure.reason !== 'Timeout');
    tell(failure.result);
    return failure;
  }
}

function noAnswer({ service }: Call): CollectError {
  return new CollectError('Timeout', `${service} answered none of the last calls`);
}

function deadlinePassed(): CollectError {
  return new CollectError('Timeout', 'the account was not read in time');
}

/** The SDK waits between its tries without looking at the signal, so the deadline is raced here. */
async function beforeDeadline<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = rejectable();
  const onAbort = (): void => {
    reject(deadlinePassed());
  };
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function rejectable(): { readonly promise: Promise<never>; readonly reject: (error: Error) => void } {
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<never>((_, refuse) => {
    reject = refuse;
  });
  return { promise, reject };
}
