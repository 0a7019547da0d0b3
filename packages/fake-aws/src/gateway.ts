import { randomBytes, randomUUID } from 'node:crypto';
import { coverageError } from './coverage.ts';
import type { FaultSubject, Mishap } from './fault.ts';
import {
  credentialScope,
  sessionToken,
  type CredentialScope,
  type HttpAnswer,
  type HttpRequest,
} from './http.ts';
import { writeAnswer, type Addressee } from './protocol.ts';
import { refusalOf } from './refusal.ts';
import { answersIn } from './region.ts';
import {
  refused,
  type Answer,
  type Asked,
  type AwsError,
  type Backdrop,
  type Call,
  type Operation,
  type Service,
  type ServiceName,
} from './service.ts';
import { serviceOf } from './service-of.ts';
import type { Caller } from './sessions.ts';
import { regionOfHost } from './services/s3.ts';
import { roleAccount } from './services/sts.ts';
import { textOf, type Members } from './value.ts';

/** A call that was made, for tests to look at. */
export interface RecordedCall {
  readonly service: ServiceName;
  readonly operation: string;
  /** The caller's account; for AssumeRole, the account of the role. Empty where the caller is unknown. */
  readonly accountId: string;
  readonly region: string;
  /** The bucket, key, access point, policy, target or role that it names, or nothing. */
  readonly resource: string;
  /** `ok`, the code of the error, `reset`, `hang` or `malformed`. */
  readonly outcome: string;
}

/** What becomes of a request: an answer, a connection that breaks, or silence. */
export type Reply =
  | { readonly kind: 'answer'; readonly answer: HttpAnswer }
  | { readonly kind: 'reset' }
  | { readonly kind: 'hang' };

export interface GatewayOptions {
  readonly services: Readonly<Record<ServiceName, Service>>;
  readonly backdrop: Backdrop;
  readonly mishap: (subject: FaultSubject) => Mishap;
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly record: (call: RecordedCall) => void;
}

/** Answers one request: who asks what of which service, what goes wrong on the way, and what comes back. */
export async function answerRequest(request: HttpRequest, options: GatewayOptions): Promise<Reply> {
  const scope = credentialScope(request);
  const service = serviceOf(request, scope);
  const asked = options.services[service].read(request);
  const to = addressee(request, service, asked);
  const caller = callerOf(request, scope, options.backdrop);
  const subject = subjectOf(to, scope, { asked, caller });
  const reply = (answer: Answer): Reply => {
    options.record({ ...subject, service, outcome: answer.kind === 'done' ? 'ok' : answer.error.code });
    return { kind: 'answer', answer: writeAnswer(answer, to) };
  };
  if (typeof caller === 'string') return reply(refused(refusalOf(service, caller)));
  const { wait, fault } = options.mishap(subject);
  if (wait > 0) await options.wait(wait);
  if (fault?.kind === 'reset' || fault?.kind === 'hang') {
    options.record({ ...subject, service, outcome: fault.kind });
    return { kind: fault.kind };
  }
  if (fault?.kind === 'malformed') {
    options.record({ ...subject, service, outcome: fault.kind });
    return { kind: 'answer', answer: { status: 200, headers: {}, body: fault.body } };
  }
  if (fault !== undefined) return reply(refused(faultError(service, fault)));
  return reply(answerOf({ asked, caller, to, region: subject.region }, request, options));
}

/** What is known of a request whose caller is known. */
interface Known {
  readonly asked: Reading;
  readonly caller: Caller;
  readonly to: Addressee;
  readonly region: string;
}

function answerOf(
  { asked, caller, to, region }: Known,
  request: HttpRequest,
  options: GatewayOptions,
): Answer {
  if ('error' in asked) return refused(asked.error);
  const call: Call = { ...asked, service: to.service, region, caller, requestId: to.requestId };
  const operation = operationOf(call, options.services);
  if (operation === undefined) return refused(unknownOperation(call));
  const error = gateError(call, request, options.backdrop);
  return error === undefined ? operation(call, options.backdrop) : refused(error);
}

type Reading = Asked | { readonly error: AwsError };

function addressee({ method }: HttpRequest, service: ServiceName, asked: Reading): Addressee {
  const isRest = service === 's3' || service === 's3-control';
  const requestId = isRest ? randomBytes(8).toString('hex').toUpperCase() : randomUUID();
  return { service, operation: 'error' in asked ? '' : asked.operation, requestId, method };
}

type UnknownCaller = 'no-credentials' | 'unknown-key' | 'expired';

function callerOf(
  request: HttpRequest,
  scope: CredentialScope | undefined,
  { sessions }: Backdrop,
): Caller | UnknownCaller {
  if (scope === undefined) return 'no-credentials';
  const caller = sessions.identify(scope.accessKeyId, sessionToken(request));
  return caller === 'unknown' ? 'unknown-key' : caller;
}

function subjectOf(
  { service, operation }: Addressee,
  scope: CredentialScope | undefined,
  { asked, caller }: { readonly asked: Reading; readonly caller: Caller | UnknownCaller },
): FaultSubject {
  const input: Members = 'error' in asked ? {} : asked.input;
  const target = service === 'sts' ? roleAccount(input) : undefined;
  const accountId = target ?? (typeof caller === 'string' ? '' : caller.accountId);
  return { service, operation, accountId, region: scope?.region ?? '', resource: resourceOf(input) };
}

/** The members of requests that name what they are about. */
const RESOURCES = [
  'Bucket',
  'KeyId',
  'Name',
  'TrailName',
  'ResourceArn',
  'RoleArn',
  'PolicyId',
  'TargetId',
  'ParentId',
  'ChildId',
  'ResourceId',
];

function resourceOf(input: Members): string {
  return RESOURCES.map((name) => textOf(input, name)).find((text) => text !== undefined && text !== '') ?? '';
}

type FaultWithError = Exclude<Mishap['fault'], undefined | { readonly kind: 'reset' | 'hang' | 'malformed' }>;

function faultError(service: ServiceName, fault: FaultWithError): AwsError {
  switch (fault.kind) {
    case 'throttle':
      return refusalOf(service, 'throttled');
    case 'expired':
      return refusalOf(service, 'expired');
    case 'region-disabled':
      return refusalOf(service, 'region');
    case 'deny':
      return refusalOf(service, 'denied', fault.message);
    case 'error':
      return { status: fault.status, code: fault.code, message: fault.message ?? fault.code };
  }
}

/** What stops a call before its operation is reached. */
function gateError(call: Call, request: HttpRequest, backdrop: Backdrop): AwsError | undefined {
  return regionError(call, request, backdrop) ?? permissionError(call) ?? gapError(call, backdrop);
}

/** Services that answer for all Regions at once. */
const GLOBAL: ReadonlySet<ServiceName> = new Set(['iam', 'organizations']);

function regionError({ service, region, caller }: Call, request: HttpRequest, { world }: Backdrop) {
  const inHost = service === 's3' ? regionOfHost(request.headers['host'] ?? '') : undefined;
  if (inHost !== undefined && inHost !== region) return malformedScope(region, inHost);
  if (GLOBAL.has(service) || answersIn(world, caller.accountId, region)) return undefined;
  return refusalOf(service, 'region');
}

// AWS: a signature for another Region than the endpoint's (semantics.md H.4).
function malformedScope(region: string, expected: string): AwsError {
  const message = `The authorization header is malformed; the region '${region}' is wrong; expecting '${expected}'`;
  const headers = { 'x-amz-bucket-region': expected };
  return {
    status: 400,
    code: 'AuthorizationHeaderMalformed',
    message,
    headers,
    details: { Region: expected },
  };
}

/** The scanner itself may read the organization and assume its role; a session reads its own account. */
function permissionError({ service, operation, caller }: Call): AwsError | undefined {
  const isOrganizations = service === 'organizations';
  const mayCall = service === 'sts' || isOrganizations === (caller.kind === 'scanner');
  if (mayCall) return undefined;
  const action = `${service === 's3-control' ? 's3' : service}:${operation}`;
  const message = `User: ${caller.arn} is not authorized to perform: ${action} because no identity-based policy allows the ${action} action`;
  return refusalOf(service, 'denied', message);
}

function gapError(
  { service, operation, region, caller, input }: Call,
  { world }: Backdrop,
): AwsError | undefined {
  const accountId = (service === 'sts' ? roleAccount(input) : undefined) ?? caller.accountId;
  return coverageError(world, { service, operation, accountId, region });
}

function operationOf(
  { service, operation }: Call,
  services: GatewayOptions['services'],
): Operation | undefined {
  const { operations } = services[service];
  return Object.hasOwn(operations, operation) ? operations[operation] : undefined;
}

function unknownOperation({ service, operation }: Call): AwsError {
  return refusalOf(service, 'operation', `Could not find operation ${operation}`);
}
