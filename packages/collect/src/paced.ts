import pLimit from 'p-limit';
import type { RateBudget } from './rate-budget.ts';
import type { ServiceName } from './service-name.ts';

/** Bounds how many calls are in flight at a time: the others wait. */
export type CallLimit = <Answer>(call: () => Promise<Answer>) => Promise<Answer>;

/** At most so many calls in flight, whoever makes them. */
export function callLimit(most: number): CallLimit {
  return pLimit(most);
}

/** How the calls of an account are held back. */
export interface Pacing {
  /** Whose quota they use up; empty where that is the scanner's own account. */
  readonly accountId: string;
  readonly budget?: RateBudget | undefined;
  readonly inFlight: CallLimit;
  /** Hears how many milliseconds a call of a service waited for its turn. */
  readonly waited: (service: ServiceName, ms: number) => void;
}

/** How the calls of one client are held back. */
interface ClientPacing extends Pacing {
  readonly service: ServiceName;
  readonly region: string;
}

type Handler<Args, Result> = (args: Args) => Promise<Result>;

/** A client of the SDK, as far as it is changed here. */
export interface PacedClient {
  readonly middlewareStack: {
    readonly add: (
      middleware: <Args, Result>(
        next: Handler<Args, Result>,
        context: { readonly commandName?: string },
      ) => Handler<Args, Result>,
      place: { readonly step: 'deserialize'; readonly priority: 'high'; readonly name: string },
    ) => void;
  };
}

/**
 * Makes every attempt of a client's calls, retries too, wait for the budget and then for its place among the calls in
 * flight, which it keeps until its answer is read. Who waits before or between attempts is not in flight.
 */
export function paced<Client extends PacedClient>(
  client: Client,
  { service, region, accountId, budget, inFlight, waited }: ClientPacing,
): Client {
  client.middlewareStack.add(
    (next, { commandName = '' }) => {
      const operation = commandName.replace(/Command$/, '');
      return async (args) => {
        const ms = (await budget?.take({ service, operation, region, accountId })) ?? 0;
        if (ms > 0) waited(service, ms);
        return inFlight(() => next(args));
      };
    },
    { step: 'deserialize', priority: 'high', name: 'denyscopePacing' },
  );
  return client;
}
