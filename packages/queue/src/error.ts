/** What went wrong with the queue, and whether the same call may succeed later. */
const RETRYABLE = {
  /** The server does not answer, or the connection to it was lost. */
  unreachable: true,
  /** The server answers, and cannot take work now: it loads, is full, or has no free connection. */
  busy: true,
  /** The URL is none, or of another scheme. */
  'invalid-url': false,
  /** The server refuses the user, the password, the database or the privilege. */
  refused: false,
  /** The server is too old, or a newer release migrated its schema. */
  'unsuitable-server': false,
  /** A cron expression or time zone cannot be read. */
  'invalid-schedule': false,
  /** A payload is not what its job takes. */
  'invalid-payload': false,
  /** The queue was closed. */
  closed: false,
  /** Anything else that the server said; the cause has it. */
  failed: false,
} as const;

export type QueueErrorCode = keyof typeof RETRYABLE;

/**
 * A fault outside this program, or a payload that its job does not take. The message holds no secret and no text of a
 * driver; the `cause` has that, without the command that was sent. `retryable` says that the same call may succeed later.
 */
export class QueueError extends Error {
  override readonly name = 'QueueError';
  readonly code: QueueErrorCode;
  readonly retryable: boolean;

  constructor(code: QueueErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.retryable = RETRYABLE[code];
  }
}

/** By errno, by SQLSTATE, by the word that opens an answer of Redis: the longest beginning that fits. */
const BY_BEGINNING: readonly (readonly [beginning: string, code: QueueErrorCode])[] = [
  ['ECONN', 'unreachable'],
  ['EAI_AGAIN', 'unreachable'],
  ['EHOSTUNREACH', 'unreachable'],
  ['ENETUNREACH', 'unreachable'],
  ['ENOTFOUND', 'unreachable'],
  ['EPIPE', 'unreachable'],
  ['ETIMEDOUT', 'unreachable'],
  ['53', 'busy'],
  ['40', 'busy'],
  ['55P03', 'busy'],
  ['57P', 'unreachable'],
  ['08', 'unreachable'],
  ['25006', 'busy'],
  ['28', 'refused'],
  ['3D000', 'refused'],
  ['42501', 'refused'],
  ['WRONGPASS', 'refused'],
  ['NOAUTH', 'refused'],
  ['NOPERM', 'refused'],
  ['LOADING', 'busy'],
  ['OOM', 'busy'],
  ['READONLY', 'busy'],
  ['MISCONF', 'busy'],
  ['MASTERDOWN', 'unreachable'],
  ['SchemaVersionMismatchError', 'unsuitable-server'],
  ['UnsupportedPostgresVersionError', 'unsuitable-server'],
  ['Redis version needs', 'unsuitable-server'],
  ['MaxRetriesPerRequestError', 'unreachable'],
];

const SAID: Readonly<Partial<Record<QueueErrorCode, string>>> = {
  unreachable: 'the server of the queue does not answer, or the connection was lost',
  busy: 'the server of the queue is busy: try again',
  refused: 'the server of the queue refuses the user, the password, the database or the privilege',
  'unsuitable-server': 'the server of the queue is too old, or a newer release of Denyscope migrated it',
};

/** An error of a driver in the queue's words; a QueueError stays what it is. */
export function toQueueError(error: unknown): QueueError {
  if (error instanceof QueueError) return error;
  const code = classOf(error);
  return new QueueError(
    code,
    SAID[code] ?? 'the server of the queue refused a command',
    withoutCommand(error),
  );
}

/** Does something with the queue; what its driver throws comes out in the queue's words. */
export async function inQueueWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toQueueError(error);
  }
}

function classOf(error: unknown): QueueErrorCode {
  const said = ['code', 'name', 'message'].map((field) => textOf(error, field));
  const known = BY_BEGINNING.find(([beginning]) => said.some((text) => text.startsWith(beginning)));
  if (known !== undefined) return known[1];
  // The drivers give a lost connection no code.
  return LOST.test(textOf(error, 'message')) ? 'unreachable' : 'failed';
}

const LOST = /connection (?:is closed|terminated|ended)|timeout|not queryable/i;

function textOf(error: unknown, field: string): string {
  const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, field) : undefined;
  return typeof value === 'string' ? value : '';
}

/** The Redis driver hangs the refused command on its error, and that of a login holds the password. */
function withoutCommand(error: unknown): unknown {
  const hasCommand = typeof error === 'object' && error !== null && 'command' in error;
  return hasCommand ? new Error(textOf(error, 'message')) : error;
}
