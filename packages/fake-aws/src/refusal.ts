import type { AwsError, ServiceName } from './service.ts';

/** The refusals that every service knows, each with its own spelling. */
type Refusal = 'denied' | 'throttled' | 'expired' | 'unknown-key' | 'no-credentials' | 'region' | 'operation';

type Spelling = readonly [status: number, code: string];

const QUERY = {
  denied: [403, 'AccessDenied'],
  throttled: [400, 'Throttling'],
  expired: [403, 'ExpiredToken'],
  'unknown-key': [403, 'InvalidClientTokenId'],
  'no-credentials': [403, 'MissingAuthenticationToken'],
  region: [403, 'InvalidClientTokenId'],
  operation: [400, 'InvalidAction'],
} as const;

const EC2 = {
  denied: [403, 'UnauthorizedOperation'],
  throttled: [503, 'RequestLimitExceeded'],
  expired: [400, 'RequestExpired'],
  'unknown-key': [401, 'AuthFailure'],
  'no-credentials': [401, 'AuthFailure'],
  region: [401, 'AuthFailure'],
  operation: [400, 'InvalidAction'],
} as const;

const JSON_RPC = {
  denied: [400, 'AccessDeniedException'],
  throttled: [400, 'ThrottlingException'],
  expired: [400, 'ExpiredTokenException'],
  'unknown-key': [400, 'UnrecognizedClientException'],
  'no-credentials': [400, 'MissingAuthenticationTokenException'],
  region: [400, 'UnrecognizedClientException'],
  operation: [400, 'UnknownOperationException'],
} as const;

const REST = {
  denied: [403, 'AccessDenied'],
  throttled: [503, 'SlowDown'],
  expired: [400, 'ExpiredToken'],
  'unknown-key': [403, 'InvalidAccessKeyId'],
  'no-credentials': [403, 'AccessDenied'],
  region: [400, 'InvalidToken'],
  operation: [501, 'NotImplemented'],
} as const;

// AWS: semantics.md H.6, the families of errors; each service has its own spelling of them.
const SPELLINGS: Readonly<Record<ServiceName, Readonly<Record<Refusal, Spelling>>>> = {
  sts: { ...QUERY, region: [403, 'RegionDisabledException'] },
  iam: QUERY,
  ec2: EC2,
  organizations: { ...JSON_RPC, throttled: [400, 'TooManyRequestsException'] },
  kms: JSON_RPC,
  cloudtrail: JSON_RPC,
  s3: REST,
  's3-control': REST,
};

const MESSAGES: Readonly<Record<Refusal, string>> = {
  denied: 'Access Denied',
  throttled: 'Rate exceeded',
  expired: 'The security token included in the request is expired',
  'unknown-key': 'The security token included in the request is invalid.',
  'no-credentials': 'Request is missing Authentication Token',
  region: 'The credentials are not valid in this Region: it is not enabled for the account.',
  operation: 'The requested operation is not known.',
};

/** A refusal in the spelling of a service. */
export function refusalOf(service: ServiceName, refusal: Refusal, message = MESSAGES[refusal]): AwsError {
  const [status, code] = SPELLINGS[service][refusal];
  return { status, code, message };
}

const DENIALS: ReadonlySet<string> = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'UnauthorizedOperation',
]);

/**
 * The error that a scan recorded as a reason, as the service must have answered it: a denial in the service's own
 * spelling, anything else by the name that was recorded.
 */
export function recordedError(service: ServiceName, reason: string, message: string | undefined): AwsError {
  if (DENIALS.has(reason)) return refusalOf(service, 'denied', message);
  return { status: statusOf(service, reason), code: reason, message: message ?? reason };
}

function statusOf(service: ServiceName, code: string): number {
  if (code === 'MethodNotAllowed') return 405;
  if (code.startsWith('Internal')) return 500;
  if (/Thrott|SlowDown|TooManyRequests|LimitExceeded|Unavailable/.test(code)) {
    return SPELLINGS[service].throttled[0];
  }
  return /^NoSuch|NotFound/.test(code) ? 404 : 400;
}
