import { CollectError } from './collect-error.ts';
import type { Scope } from './calls/read.ts';

/** What a failed call tells about the thing that was asked for (semantics.md H.6). */
export type FailureState =
  /** AWS's own word that nothing is configured. */
  | 'absent'
  /** What was asked about is no longer there. */
  | 'gone'
  /** Neither there nor not there. */
  | 'unreadable'
  /** The session's credentials ran out: renew them and ask again. */
  | 'expired';

/** How a call ended, for metrics. */
export type CallResult = 'ok' | 'absent' | 'access_denied' | 'throttled' | 'error';

export interface Failure {
  readonly state: FailureState;
  /** The family of the error, or AWS's own code where it belongs to none. */
  readonly reason: string;
  readonly message: string;
  readonly result: CallResult;
}

/** What the mapping must know of the read that failed. */
export interface AskedRead {
  readonly absences: readonly string[];
  readonly scope: Scope;
}

interface Row {
  readonly codes: ReadonlySet<string>;
  readonly state: FailureState;
  /** The word for the family; without one, AWS's own code. */
  readonly reason?: string;
  readonly result: CallResult;
  /** Scopes for which the codes mean this; all without it. */
  readonly scopes?: ReadonlySet<Scope>;
}

const IN_A_REGION: ReadonlySet<Scope> = new Set<Scope>(['region', 'bucket', 'key']);

// AWS: semantics.md H.6, one row of it a row here; H.1 for the absences, which each read lists itself.
const ROWS: readonly Row[] = [
  {
    codes: new Set([
      'NoSuchBucket',
      'NoSuchEntity',
      'NotFoundException',
      'NoSuchAccessPoint',
      'NoSuchMultiRegionAccessPoint',
      'TrailNotFoundException',
      'AccountNotRegisteredException',
      'PolicyNotFoundException',
      'TargetNotFoundException',
      'ParentNotFoundException',
    ]),
    state: 'gone',
    result: 'absent',
  },
  {
    codes: new Set([
      'AccessDenied',
      'AccessDeniedException',
      'UnauthorizedOperation',
      'UnauthorizedAccess',
      'Client.UnauthorizedOperation',
    ]),
    state: 'unreadable',
    reason: 'AccessDenied',
    result: 'access_denied',
  },
  {
    codes: new Set(['ExpiredToken', 'ExpiredTokenException', 'RequestExpired', 'TokenRefreshRequired']),
    state: 'expired',
    reason: 'ExpiredToken',
    result: 'error',
  },
  {
    codes: new Set([
      'AuthFailure',
      'OptInRequired',
      'InvalidToken',
      'InvalidClientTokenId',
      'UnrecognizedClientException',
      'RegionDisabledException',
    ]),
    state: 'unreadable',
    reason: 'RegionDisabled',
    result: 'error',
    scopes: IN_A_REGION,
  },
  {
    codes: new Set([
      'BandwidthLimitExceeded',
      'EC2ThrottledException',
      'LimitExceededException',
      'PriorRequestNotComplete',
      'ProvisionedThroughputExceededException',
      'RequestLimitExceeded',
      'RequestThrottled',
      'RequestThrottledException',
      'SlowDown',
      'ThrottledException',
      'Throttling',
      'ThrottlingException',
      'TooManyRequestsException',
    ]),
    state: 'unreadable',
    reason: 'Throttled',
    result: 'throttled',
  },
  {
    codes: new Set(['Timeout', 'TimeoutError', 'RequestTimeout', 'RequestTimeoutException', 'ETIMEDOUT']),
    state: 'unreadable',
    reason: 'Timeout',
    result: 'error',
  },
  {
    codes: new Set(['InvalidResponse', 'SyntaxError', 'TypeError', 'RangeError']),
    state: 'unreadable',
    reason: 'InvalidResponse',
    result: 'error',
  },
];

/**
 * What a failed call means for the read that made it: the table of semantics.md H.6. Only a code that the read
 * itself lists proves that nothing is configured; every code that nobody knows is unreadable.
 */
export function failureOf(error: unknown, read: AskedRead): Failure {
  const code = codeOf(error);
  const message = messageOf(error);
  if (read.absences.includes(code)) return { state: 'absent', reason: code, message, result: 'absent' };
  const row = ROWS.find(
    ({ codes, scopes }) => codes.has(code) && (scopes === undefined || scopes.has(read.scope)),
  );
  if (row === undefined) return { state: 'unreadable', reason: code, message, result: 'error' };
  return { state: row.state, reason: row.reason ?? code, message, result: row.result };
}

const LONGEST_MESSAGE = 2000;

function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.slice(0, LONGEST_MESSAGE);
}

/** AWS's code of an error, Node's of a broken connection, or what was wrong with the answer. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'UnknownError';
  if (error instanceof CollectError) return error.code;
  const status = statusOf(error);
  if (status === 429) return 'Throttling';
  if (isUnreadableAnswer(error)) return 'InvalidResponse';
  if (isNameless(error)) return status === undefined ? nodeCode(error) : `Http${status}`;
  // AWS: the SDK's name of an error it has a class for may differ from the code on the wire.
  return 'Code' in error && typeof error.Code === 'string' ? error.Code : error.name;
}

/** The SDK says so where it could not read what came: an HTML page, say, where AWS answers XML or JSON. */
function isUnreadableAnswer(error: Error): boolean {
  return error.message.includes('Deserialization error:');
}

/** A refusal without a code of AWS: the SDK calls a 404 without a body `NotFound`, others `UnknownError`. */
function isNameless(error: Error): boolean {
  return error.name === 'Error' || error.message === 'UnknownError' || error.name === 'Unknown';
}

function nodeCode(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : 'UnknownError';
}

function statusOf(error: Error): number | undefined {
  if (!('$metadata' in error) || typeof error.$metadata !== 'object' || error.$metadata === null)
    return undefined;
  const metadata: object = error.$metadata;
  return 'httpStatusCode' in metadata && typeof metadata.httpStatusCode === 'number'
    ? metadata.httpStatusCode
    : undefined;
}
