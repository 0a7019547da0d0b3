import { type Problem as QuestionProblem } from '@denyscope/matrix';
import { StoreError } from '@denyscope/store';
import { type FastifyError, type FastifyReply } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';

/** Every kind of problem that the API answers with: its status, and what it says to people. */
export const PROBLEMS = {
  'bad-request': { status: 400, title: 'The request cannot be understood' },
  unauthorized: { status: 401, title: 'A bearer token is needed' },
  'foreign-host': { status: 403, title: 'This server answers on its own address only' },
  'not-found': { status: 404, title: 'There is no such thing' },
  'method-not-allowed': { status: 405, title: 'This method is not for this address' },
  'too-large': { status: 413, title: 'The request is too large' },
  'unsupported-media-type': { status: 415, title: 'The body is not of a type that is read here' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong here' },
  'not-ready': { status: 503, title: 'This cannot be answered yet' },
  unavailable: { status: 503, title: 'The database does not answer' },
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

interface Extras {
  /** More members of the problem, such as the fields at fault. */
  readonly members?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** A request that gets no answer but a problem (RFC 9457). The detail is public: no driver's text, no secrets. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly code: ProblemCode;
  readonly detail: string;
  readonly extras: Extras;
  /** What fastify and its plugins read. */
  readonly statusCode: number;

  constructor(code: ProblemCode, detail: string, extras: Extras = {}) {
    super(detail, extras.cause === undefined ? undefined : { cause: extras.cause });
    this.code = code;
    this.detail = detail;
    this.extras = extras;
    this.statusCode = PROBLEMS[code].status;
  }
}

const RETRY_AFTER = { 'retry-after': '5' };

/** Whatever was thrown, as a problem that may be shown. */
export function toProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  if (error instanceof StoreError) return storeProblem(error);
  if (hasZodFastifySchemaValidationErrors(error)) {
    const faults = error.validation.map(({ instancePath, message }) => ({
      path: instancePath,
      message: message ?? 'does not fit',
    }));
    const place = error.validationContext ?? 'request';
    return new ApiProblem('bad-request', `the ${place} does not fit`, { members: { in: place, faults } });
  }
  return isFastifyError(error)
    ? frameworkProblem(error)
    : new ApiProblem('internal', INTERNAL, { cause: error });
}

const INTERNAL = 'the request could not be answered: the log of the server says why, by the request id';

function storeProblem(error: StoreError): ApiProblem {
  if (error.code === 'no-such-scan') return new ApiProblem('not-found', error.message, { cause: error });
  if (!error.retryable) return new ApiProblem('internal', INTERNAL, { cause: error });
  const detail = 'the database does not answer: try again in a moment';
  return new ApiProblem('unavailable', detail, { headers: RETRY_AFTER, cause: error });
}

function isFastifyError(error: unknown): error is FastifyError {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number';
}

/** By the status that fastify gave; its own words are not for everybody. */
const BY_STATUS: Readonly<Record<number, readonly [ProblemCode, string]>> = {
  400: ['bad-request', 'expected a JSON body'],
  404: ['not-found', 'nothing is served at this address'],
  413: ['too-large', 'the body is larger than 256 kB'],
  415: ['unsupported-media-type', 'expected `application/json`'],
};

function frameworkProblem(error: FastifyError): ApiProblem {
  const [code, detail] = BY_STATUS[error.statusCode ?? 500] ?? ['internal', INTERNAL];
  return new ApiProblem(code, detail, { cause: error });
}

/** A question that the matrix could not answer. */
export function questionProblem({ code, field, message }: QuestionProblem): ApiProblem {
  return new ApiProblem(code === 'not-found' ? 'not-found' : 'bad-request', message, { members: { field } });
}

/** Sends a problem, and nothing that its cause says. */
export function sendProblem(reply: FastifyReply, problem: ApiProblem): FastifyReply {
  const { status, title } = PROBLEMS[problem.code];
  const body = {
    type: `urn:denyscope:problem:${problem.code}`,
    title,
    status,
    detail: problem.detail,
    ...problem.extras.members,
    requestId: reply.request.id,
  };
  void reply.code(status).headers({ ...problem.extras.headers });
  return reply
    .header('content-type', 'application/problem+json; charset=utf-8')
    .serializer((value: unknown) => JSON.stringify(value))
    .send(body);
}
