import { createServer } from 'node:http';
import type { ServiceName } from './calls/read.ts';
import { awsClients, sharedHttpHandler, type AwsClients } from './clients.ts';
import { callLimit, type Pacing } from './paced.ts';

/** What a stub answers, whatever it is asked. */
export interface StubAnswer {
  readonly status: number;
  readonly body: string;
}

/** A server in the place of AWS that answers as it is told. */
export interface StubAws {
  readonly url: string;
  /** What it answers from now on: each in turn, the last one again and again; a `reset` breaks the connection. */
  readonly answer: (...next: readonly (StubAnswer | 'reset')[]) => void;
  /** Method, URL and body of each request so far. */
  readonly requests: () => readonly string[];
  readonly clients: (maxAttempts?: number, pacing?: Partial<Pacing>) => AwsClients;
  readonly close: () => Promise<void>;
}

export const CREDENTIALS = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' } as const;

export async function startStubAws(): Promise<StubAws> {
  let answers: readonly (StubAnswer | 'reset')[] = [];
  const requests: string[] = [];
  const handler = sharedHttpHandler();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      requests.push(`${request.method ?? ''} ${request.url ?? ''} ${Buffer.concat(chunks).toString()}`);
      const [answer = { status: 500, body: '' }, ...later] = answers;
      if (later.length > 0) answers = later;
      if (answer === 'reset') request.socket.resetAndDestroy();
      else response.writeHead(answer.status).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const url = `http://127.0.0.1:${String(port)}`;
  return {
    url,
    answer: (...next) => {
      answers = next;
    },
    requests: () => requests,
    clients: (maxAttempts = 1, pacing = {}) =>
      awsClients({
        handler,
        endpoint: url,
        maxAttempts,
        credentials: CREDENTIALS,
        region: 'eu-west-1',
        signal: new AbortController().signal,
        pacing: { accountId: '', inFlight: callLimit(10), waited: () => {}, ...pacing },
      }),
    close: async () => {
      handler.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A refusal in the protocol of a service. */
export function refusal(service: ServiceName, code: string, status = 400): StubAnswer {
  switch (service) {
    case 's3':
      return { status, body: `<Error><Code>${code}</Code><Message>no</Message></Error>` };
    case 's3-control':
    case 'iam':
    case 'sts':
      return {
        status,
        body: `<ErrorResponse><Error><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`,
      };
    case 'ec2':
      return {
        status,
        body: `<Response><Errors><Error><Code>${code}</Code><Message>no</Message></Error></Errors></Response>`,
      };
    case 'kms':
    case 'cloudtrail':
    case 'organizations':
      return { status, body: JSON.stringify({ __type: code, message: 'no' }) };
  }
}

/** How each service refuses what is not allowed, and what comes too fast. */
export const REFUSALS = {
  s3: ['AccessDenied', 'SlowDown'],
  's3-control': ['AccessDenied', 'SlowDown'],
  iam: ['AccessDenied', 'Throttling'],
  sts: ['AccessDenied', 'Throttling'],
  ec2: ['UnauthorizedOperation', 'RequestLimitExceeded'],
  kms: ['AccessDeniedException', 'ThrottlingException'],
  cloudtrail: ['AccessDeniedException', 'ThrottlingException'],
  organizations: ['AccessDeniedException', 'TooManyRequestsException'],
} as const satisfies Readonly<Record<ServiceName, readonly [denied: string, throttled: string]>>;
