import {
  type CollectOptions,
  callLimit,
  ownCredentialChain,
  rateBudget,
  sharedDraw,
} from '@denyscope/collect';
import { type Logger } from '@denyscope/ops';
import { type Store } from '@denyscope/store';
import { type Context } from './context.ts';
import { type WorkerMetrics } from './worker-metrics.ts';

/** How a worker gets at AWS. */
export interface AwsAccess {
  /** What stands behind it: a real organization unless given. Runs over the other kind are not touched. */
  readonly source?: Context['source'] | undefined;
  readonly roleName: string;
  readonly externalId?: string | undefined;
  /** Regions to look at; the enabled ones of each account unless given. */
  readonly regions?: readonly string[] | undefined;
  /** The scanner's own credentials; the SDK's default chain unless given. */
  readonly credentials?: CollectOptions['credentials'];
  /** A server in the place of AWS; `AWS_ENDPOINT_URL` unless given. */
  readonly endpoint?: string | undefined;
  /** The Region whose endpoints answer for STS and for global services; enabled in every account. */
  readonly homeRegion?: string | undefined;
  readonly maxAttempts?: number | undefined;
  /** Calls in flight at the same time, for all accounts together; 64 unless given. */
  readonly callsInFlight?: number | undefined;
  /** What each rate is multiplied by at which AWS is called at most (semantics.md H.2); 1 unless given. */
  readonly rateFactor?: number | undefined;
  /** After this time, what was not read of an account is a gap. */
  readonly deadlineMs?: number | undefined;
}

/** Calls in flight in one worker, unless its configuration says otherwise: more than a processor keeps up with. */
export const CALLS_IN_FLIGHT = 64;

interface Surroundings {
  readonly store: Store;
  readonly logger: Logger;
  readonly metrics: WorkerMetrics;
  readonly handler: CollectOptions['handler'];
}

/** How all jobs of a worker call AWS: within one bound, and within the rates that they share with the other workers. */
export function collectingOf(
  access: AwsAccess,
  { handler, metrics, ...shared }: Surroundings,
): CollectOptions {
  const { endpoint, homeRegion, maxAttempts, callsInFlight = CALLS_IN_FLIGHT } = access;
  return {
    credentials: access.credentials ?? ownCredentialChain(homeRegion),
    endpoint,
    homeRegion,
    maxAttempts,
    handler,
    inFlight: callLimit(callsInFlight),
    budget: budgetOf(access, shared),
    observe: metrics.call,
    waited: metrics.throttleWait,
  };
}

/** The demo's server has no quotas. */
function budgetOf(
  { source, rateFactor: factor }: AwsAccess,
  { store, logger }: Pick<Surroundings, 'store' | 'logger'>,
): CollectOptions['budget'] {
  if (source === 'demo') return undefined;
  const onTrouble = (error: unknown): void =>
    logger.warn({ err: error }, 'the shared rates are out of reach: this worker keeps to its own meanwhile');
  return rateBudget({ draw: sharedDraw({ draw: store.drawTokens, onTrouble }), factor });
}
