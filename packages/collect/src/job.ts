import type { SnapshotLine } from '@denyscope/model';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { setMaxListeners } from 'node:events';
import { ReadableStream } from 'node:stream/web';
import {
  awsClients,
  sharedHttpHandler,
  type AwsClients,
  type Credentials,
  type Transport,
} from './clients.ts';
import type { CallResult } from './failure.ts';
import { callLimit, type CallLimit, type Pacing } from './paced.ts';
import type { RateBudget } from './rate-budget.ts';
import type { ServiceName } from './service-name.ts';
import { assumeRole, ownCredentials, sharedSession, type RoleOptions, type Session } from './session.ts';
import { listenForSilence, type Silence } from './silence.ts';

/** One call that came back, retries included: for metrics and progress. */
export interface ObservedCall {
  readonly service: ServiceName;
  readonly operation: string;
  readonly accountId: string | undefined;
  readonly region: string;
  readonly result: CallResult;
  readonly ms: number;
}

/** What every scan is given, of an organization or of one account. */
export interface CollectOptions {
  /** The scanner's own credentials; the SDK's default chain unless given. */
  readonly credentials?: Credentials | undefined;
  /** The Region whose endpoints answer for global services and for STS. */
  readonly homeRegion?: string | undefined;
  /** A server in the place of AWS; `AWS_ENDPOINT_URL` unless given. */
  readonly endpoint?: string | undefined;
  /** Shared by all scans of a process; a scan without one makes its own and closes it. */
  readonly handler?: NodeHttpHandler | undefined;
  readonly maxAttempts?: number | undefined;
  /** Calls in flight at a time. AWS: at most 10 an account for S3 (semantics.md H.2). */
  readonly concurrency?: number | undefined;
  /** Calls in flight in all, shared by the scans of a process; no bound of its own unless given. */
  readonly inFlight?: CallLimit | undefined;
  /** Keeps calls below AWS's quotas, every attempt of them; without one, they are sent as fast as they come. */
  readonly budget?: RateBudget | undefined;
  /** Hears how many milliseconds a call of a service waited, for the budget or since AWS said that it came too fast. */
  readonly waited?: Pacing['waited'] | undefined;
  /** After this time, what was not read is unreadable, with reason `Timeout`. */
  readonly deadlineMs?: number | undefined;
  /** Cancels the scan: the lines end in the signal's reason, and what was seen does not count. */
  readonly signal?: AbortSignal | undefined;
  readonly observe?: ((call: ObservedCall) => void) | undefined;
}

/** Whom a scan reads, and through which role; without one, with the scanner's own credentials. */
export interface Entrance {
  readonly accountId?: string | undefined;
  readonly role?: RoleOptions | undefined;
}

/** One scan in hand. */
export interface Job {
  readonly accountId: string | undefined;
  readonly homeRegion: string;
  readonly session: Session;
  readonly clients: (region: string) => AwsClients;
  /** Bounds the calls of one service that are in hand: waiting for their turn, between attempts, or in flight. */
  readonly inHand: <Answer>(service: ServiceName, call: () => Promise<Answer>) => Promise<Answer>;
  /** Which services do not answer at all. */
  readonly silence: Silence;
  /** Aborts at the deadline, and when the scan is cancelled or nobody reads on. */
  readonly signal: AbortSignal;
  /** Throws where the scan was cancelled; a deadline that passed is no reason to throw. */
  readonly throwIfCancelled: () => void;
  readonly observe: (call: ObservedCall) => void;
  readonly emit: (line: SnapshotLine) => void;
}

const MINUTE_MS = 60_000;
const DEFAULTS = {
  homeRegion: 'us-east-1',
  maxAttempts: 8,
  concurrency: 10,
  deadlineMs: 20 * MINUTE_MS,
} as const;

/** Runs a scan, and hands on its lines as they come. Reading no further cancels it. */
export function lineStream(
  options: CollectOptions & Entrance,
  scan: (job: Job) => Promise<void>,
): AsyncIterable<SnapshotLine> {
  const stopped = new AbortController();
  return new ReadableStream<SnapshotLine>({
    start(controller) {
      const emit = (line: SnapshotLine): void => {
        if (!stopped.signal.aborted) controller.enqueue(line);
      };
      void inJob(options, scan, { stopped: stopped.signal, emit }).then(
        () => stopped.signal.aborted || controller.close(),
        (error: unknown) => {
          controller.error(error);
        },
      );
    },
    cancel() {
      stopped.abort(new Error('the scan is no longer wanted'));
    },
  });
}

interface Surrounded {
  readonly emit?: (line: SnapshotLine) => void;
  /** Aborts where nobody reads on. */
  readonly stopped?: AbortSignal;
}

/** Does some work within one job: with its own handler where none is given, until the deadline. */
export async function inJob<T>(
  options: CollectOptions & Entrance,
  work: (job: Job) => Promise<T>,
  { emit = () => {}, stopped }: Surrounded = {},
): Promise<T> {
  const own = options.handler === undefined ? sharedHttpHandler() : undefined;
  const handler = options.handler ?? own ?? sharedHttpHandler();
  const cancelled = AbortSignal.any([options.signal ?? [], stopped ?? []].flat());
  const deadline = new AbortController();
  const timer = setTimeout(() => {
    deadline.abort();
  }, options.deadlineMs ?? DEFAULTS.deadlineMs);
  try {
    cancelled.throwIfAborted();
    const result = await work(openJob(options, { handler, cancelled, deadline: deadline.signal, emit }));
    cancelled.throwIfAborted();
    return result;
  } finally {
    clearTimeout(timer);
    own?.destroy();
  }
}

interface Surroundings {
  readonly handler: NodeHttpHandler;
  readonly cancelled: AbortSignal;
  readonly deadline: AbortSignal;
  readonly emit: (line: SnapshotLine) => void;
}

function openJob(options: CollectOptions & Entrance, around: Surroundings): Job {
  const signal = AbortSignal.any([around.cancelled, around.deadline]);
  // Every call in flight listens: many are no leak.
  setMaxListeners(0, signal);
  const homeRegion = options.homeRegion ?? DEFAULTS.homeRegion;
  const transport: Transport = {
    handler: around.handler,
    endpoint: options.endpoint,
    maxAttempts: options.maxAttempts ?? DEFAULTS.maxAttempts,
  };
  const pacing = pacingOf(options);
  const clientsWith = (credentials: Credentials | undefined, region: string, accountId = ''): AwsClients =>
    awsClients({ ...transport, credentials, region, signal, pacing: { ...pacing, accountId } });
  const session = openSession(options, clientsWith(options.credentials, homeRegion), signal);
  const byRegion = new Map<string, AwsClients>();
  return {
    accountId: options.accountId,
    homeRegion,
    session,
    clients: (region) => {
      const known = byRegion.get(region) ?? clientsWith(session.credentials, region, options.accountId);
      byRegion.set(region, known);
      return known;
    },
    inHand: boundedByService(options),
    silence: listenForSilence(),
    signal,
    throwIfCancelled: () => {
      around.cancelled.throwIfAborted();
    },
    observe: options.observe ?? (() => {}),
    emit: around.emit,
  };
}

/** The bound of the account goes around that of the process, so that no account holds places that it cannot use. */
function pacingOf({ concurrency, inFlight, budget, waited }: CollectOptions): Omit<Pacing, 'accountId'> {
  const ofAccount = callLimit(concurrency ?? DEFAULTS.concurrency);
  return {
    budget,
    inFlight: inFlight === undefined ? ofAccount : (call) => ofAccount(() => inFlight(call)),
    waited: waited ?? (() => {}),
  };
}

/** Each service for itself, so that one with few calls a second does not hold up the others. */
function boundedByService({ concurrency }: CollectOptions): Job['inHand'] {
  const limits = new Map<ServiceName, CallLimit>();
  return (service, call) => {
    const limit = limits.get(service) ?? callLimit(concurrency ?? DEFAULTS.concurrency);
    limits.set(service, limit);
    return limit(call);
  };
}

function openSession({ accountId, role }: Entrance, scanner: AwsClients, signal: AbortSignal): Session {
  const sts = scanner.sts();
  if (role === undefined || accountId === undefined) {
    return sharedSession(ownCredentials(sts.config.credentials));
  }
  return sharedSession(() => assumeRole(sts, accountId, role, signal));
}
