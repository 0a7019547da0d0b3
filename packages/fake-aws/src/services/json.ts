import { refusalOf } from '../refusal.ts';
import type { HttpRequest } from '../http.ts';
import type { Asked, AwsError, ServiceName } from '../service.ts';
import { isMembers } from '../value.ts';

/** Reads a request of the JSON 1.1 protocol: the operation in `X-Amz-Target`, its input in the body. */
export function readJson(
  service: ServiceName,
  prefix: string,
  request: HttpRequest,
): Asked | { readonly error: AwsError } {
  const target = request.headers['x-amz-target'] ?? '';
  if (!target.startsWith(`${prefix}.`)) return { error: refusalOf(service, 'operation') };
  const operation = target.slice(prefix.length + 1);
  const input = request.body === '' ? {} : parsed(request.body);
  if (isMembers(input)) return { operation, input };
  const message = 'The request body is no JSON object';
  return { error: { status: 400, code: 'SerializationException', message } };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The members of JSON answers that are points in time: numbers, where a snapshot may have text. */
const TIMES: ReadonlySet<string> = new Set([
  'CreationDate',
  'DelegationEnabledDate',
  'DeletionDate',
  'JoinedTimestamp',
  'LastUpdatedDate',
  'ValidTo',
]);

/** Texts of the caller's own naming, in which no member is a time. */
const VERBATIM: ReadonlySet<string> = new Set(['Constraints', 'Tags']);

/** A value of AWS's shape as JSON 1.1 has it: times in seconds since the epoch. */
export function withEpochTimes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withEpochTimes);
  if (!isMembers(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, memberWithTimes(name, inner)]),
  );
}

function memberWithTimes(name: string, value: unknown): unknown {
  if (VERBATIM.has(name)) return value;
  if (!TIMES.has(name) || typeof value !== 'string') return withEpochTimes(value);
  const milliseconds = Date.parse(value);
  return Number.isNaN(milliseconds) ? value : milliseconds / 1000;
}
