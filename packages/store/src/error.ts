/** What went wrong with the store, and whether the same call may succeed later. */
const RETRYABLE = {
  /** The server does not answer, or the connection to it was lost. */
  unreachable: true,
  /** The server has no free connection, or a statement lost a race with another session. */
  busy: true,
  /** The server's disk, or the disk of the data directory, is full. */
  'disk-full': true,
  /** The server takes no writes now: it was told so, or it is a standby. */
  'read-only': true,
  /** DATABASE_URL is not a connection URL. */
  'invalid-url': false,
  /** The server refuses the user, the password, the database or the privilege. */
  refused: false,
  /** The database cannot hold the data: another encoding than UTF-8. */
  'unsuitable-database': false,
  /** The data directory cannot be used: permissions, a file in its place, a foreign password. */
  'data-directory': false,
  /** There are no PostgreSQL binaries for this system. */
  'unsupported-platform': false,
  /** The optional package with the binaries is not installed. */
  'missing-package': false,
  /** Another major version of PostgreSQL wrote the data directory. */
  'version-mismatch': false,
  /** The embedded server did not come up. */
  'start-failed': false,
  /** A migration failed; nothing of it remains. */
  'migration-failed': false,
  /** A newer release of Denyscope migrated the database. */
  'newer-schema': false,
  /** No complete scan has this id. */
  'no-such-scan': false,
  /** No fact is of the resource that was named. */
  'no-such-resource': false,
  /** The run was published, failed or was cancelled, or there is none. */
  'run-over': false,
  /** A snapshot describes one resource twice, in different ways. */
  'duplicate-resource': false,
  /** A stored row is not what this release writes. */
  'damaged-row': false,
  /** The store was closed. */
  closed: false,
  /** Anything else that the server said; the cause has it. */
  failed: false,
} as const;

export type StoreErrorCode = keyof typeof RETRYABLE;

/**
 * A fault outside this program: the server, the disk, the installation. The message holds no secret and no text of the
 * driver; the `cause` has that. `retryable` says that the same call may succeed later.
 */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;
  readonly retryable: boolean;

  constructor(code: StoreErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.retryable = RETRYABLE[code];
  }
}

/** The `code` of a driver's or the system's error: a SQLSTATE such as `28P01`, or an errno such as `EACCES`. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

const BY_ERRNO: Readonly<Record<string, StoreErrorCode>> = {
  ECONNREFUSED: 'unreachable',
  ECONNRESET: 'unreachable',
  EAI_AGAIN: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ENOTFOUND: 'unreachable',
  EPIPE: 'unreachable',
  ETIMEDOUT: 'unreachable',
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
};

/** By SQLSTATE, the longest prefix that fits; https://www.postgresql.org/docs/15/errcodes-appendix.html */
const BY_SQLSTATE: readonly (readonly [prefix: string, code: StoreErrorCode])[] = [
  ['53100', 'disk-full'],
  ['53', 'busy'],
  ['25006', 'read-only'],
  ['40', 'busy'],
  ['55P03', 'busy'],
  ['57P', 'unreachable'],
  ['08', 'unreachable'],
  ['28', 'refused'],
  ['3D000', 'refused'],
  ['42501', 'refused'],
];

const SAID: Readonly<Partial<Record<StoreErrorCode, string>>> = {
  unreachable: 'the database server does not answer, or the connection was lost',
  busy: 'the database server is busy: try again',
  'disk-full': 'the disk of the database is full: free some space and try again',
  'read-only': 'the database takes no writes now: make it writable again, or name the server that is',
  refused: 'the database server refuses the user, the password, the database or the privilege',
};

/** An error of the driver in the store's words; a StoreError stays what it is. */
export function toStoreError(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const driverCode = codeOf(error);
  const code = classOf(error, driverCode);
  const said = SAID[code] ?? 'the database server refused a statement';
  return new StoreError(code, driverCode === undefined ? said : `${said}: \`${driverCode}\``, error);
}

function classOf(error: unknown, driverCode: string | undefined): StoreErrorCode {
  if (driverCode !== undefined) {
    return (
      BY_ERRNO[driverCode] ?? BY_SQLSTATE.find(([prefix]) => driverCode.startsWith(prefix))?.[1] ?? 'failed'
    );
  }
  // The driver gives a lost connection no code.
  const lost =
    error instanceof Error && /connection terminated|timeout|not queryable|ended/i.test(error.message);
  return lost ? 'unreachable' : 'failed';
}
