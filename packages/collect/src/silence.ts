import type { ServiceName } from './calls/read.ts';

/** Where a call goes. */
export interface Destination {
  readonly service: ServiceName;
  readonly region: string;
}

/** What of AWS does not answer one account at all. */
export interface Silence {
  /** Whether calls ended without an answer so often that the next one would too. */
  readonly holds: (where: Destination) => boolean;
  /** Notes how a call ended, with all its attempts. */
  readonly note: (where: Destination, answered: boolean) => void;
}

/** Calls in a row. Each was tried for minutes, and as many as may be in hand wait at the same time. */
const MOST_UNANSWERED = 5;

/**
 * An account of thousands of calls to a service that hangs would take its whole deadline. After some in a row without
 * an answer, none in between, the others are given up at once, with reason `Timeout`.
 */
export function listenForSilence(): Silence {
  const unanswered = new Map<string, number>();
  return {
    holds: (where) => (unanswered.get(nameOf(where)) ?? 0) >= MOST_UNANSWERED,
    note: (where, answered) => {
      const name = nameOf(where);
      unanswered.set(name, answered ? 0 : (unanswered.get(name) ?? 0) + 1);
    },
  };
}

function nameOf({ service, region }: Destination): string {
  return `${service} ${region}`;
}
