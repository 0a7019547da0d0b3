import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { LOCK, LOCK_SPACE } from './sql/locks.ts';
import { TRY_LOCK } from './sql/migrate-sql.ts';
import { PING } from './sql/scan-sql.ts';

/** A part that one process plays at a time, however many stand for it. */
export interface Leadership {
  /** Whether this process leads, as of now; never true in two processes. */
  readonly leads: () => boolean;
  /** Stands no more, and lets another lead at once. */
  readonly close: () => Promise<void>;
}

/** Who hears of it. */
export interface Candidate {
  /** Hears when this process begins to lead, and when it ends; never twice the same. */
  readonly onChange: (leads: boolean) => void;
  /** Hears why a connection was lost or not made; it is made again by itself. */
  readonly onFault?: ((fault: unknown) => void) | undefined;
}

/** How often a candidate asks whether it leads, and a leader whether it still does. */
const PULSE_MS = 1_000;
/** A leader that did not hear so for this long leads no more. */
const TRUST_MS = 4_000;
/** The server ends the session of a leader that is silent for longer, so that another may lead: a frozen process, say. */
const SILENCE_MS = 8_000;
const CONNECT_MS = 4_000;

/** Servers before release 14 have no such setting, and keep a silent session until its connection is known to be lost. */
const GIVE_IDLE_SESSIONS_UP = `
  select set_config(name, $1, false) from pg_settings where name = 'idle_session_timeout'`;

/**
 * Stands for leader: whoever holds an advisory lock leads, in a session that nothing else uses, so that the lock goes
 * with the process or its connection. What it needs is a session of its own: not a pooler that lends one a transaction.
 */
export function standForLeader(url: string, candidate: Candidate): Leadership {
  const state = { leads: false, confirmedAt: -Infinity };
  const closing = new AbortController();
  const settle = (leads: boolean): void => {
    if (state.leads === leads) return;
    state.leads = leads;
    candidate.onChange(leads);
  };
  const leads = (): boolean => state.leads && performance.now() - state.confirmedAt < TRUST_MS;
  const ended = keepStanding(url, closing.signal, {
    // The moment of asking: the answer may have been long on its way.
    onAnswer: (yes, askedAt) => {
      if (yes) state.confirmedAt = askedAt;
      settle(yes);
    },
    onLost: (fault) => {
      settle(false);
      if (fault !== undefined) candidate.onFault?.(fault);
    },
  });
  return {
    leads,
    close: async () => {
      closing.abort();
      await ended;
    },
  };
}

interface Heard {
  readonly onAnswer: (leads: boolean, askedAt: number) => void;
  /** The session is over, by a fault or by closing. */
  readonly onLost: (fault?: unknown) => void;
}

async function keepStanding(url: string, closing: AbortSignal, heard: Heard): Promise<void> {
  while (!closing.aborted) {
    const client = clientOf(url);
    // A lost connection is heard of at once, and not by the next question.
    client.on('error', (error) => heard.onLost(error));
    client.on('end', () => heard.onLost());
    try {
      await client.connect();
      await client.query(GIVE_IDLE_SESSIONS_UP, [String(SILENCE_MS)]);
      await ask(client, closing, heard.onAnswer);
      heard.onLost();
    } catch (error) {
      heard.onLost(error);
    }
    await end(client);
    await pause(closing);
  }
}

function clientOf(url: string): Client {
  return new Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: TRUST_MS,
    keepAlive: true,
    application_name: 'denyscope leader',
  });
}

/** Asks for the lock until it is there, and then whether the session still is, until closing or a fault. */
async function ask(client: Client, closing: AbortSignal, onAnswer: Heard['onAnswer']): Promise<void> {
  for (let held = false; !closing.aborted; await pause(closing)) {
    const askedAt = performance.now();
    if (held) await client.query(PING);
    else held = await tryLead(client);
    if (!closing.aborted) onAnswer(held, askedAt);
  }
}

async function tryLead(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ readonly done: boolean }>(TRY_LOCK, [LOCK_SPACE, LOCK.lead]);
  return rows[0]?.done === true;
}

/** A server that does not answer is not waited for. */
async function end(client: Client): Promise<void> {
  await Promise.race([client.end().catch(() => {}), sleep(PULSE_MS, undefined, { ref: false })]);
}

async function pause(closing: AbortSignal): Promise<void> {
  // Closing cuts it short.
  await sleep(PULSE_MS, undefined, { signal: closing }).catch(() => {});
}
