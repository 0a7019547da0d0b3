import { createServer } from 'node:http';
import type { ServiceName } from './calls/read.ts';
import { awsClients, sharedHttpHandler, type AwsClients } from './clients.ts';

/** What a stub answers, whatever it is asked. */
export interface StubAnswer {
  readonly status: number;
  readonly body: string;
}

/** A server in the place of AWS that always answers the same. */
export interface StubAws {
  readonly url: string;
  readonly answer: (next: StubAnswer) => void;
  /** Method, URL and body of each request so far. */
  readonly requests: () => readonly string[];
  readonly clients: (maxAttempts?: number) => AwsClients;
  readonly close: () => Promise<void>;
}

export const CREDENTIALS = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' } as const;

export async function startStubAws(): Promise<StubAws> {
  let current: StubAnswer = { status: 500, body: '' };
  const requests: string[] = [];
  const handler = sharedHttpHandler();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      requests.push(`${request.method ?? ''} ${request.url ?? ''} ${Buffer.concat(chunks).toString()}`);
      response.writeHead(current.status).end(current.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const url = `http://127.0.0.1:${String(port)}`;
  return {
    url,
    answer: (next) => {
      current = next;
    },
    requests: () => requests,
    clients: (maxAttempts = 1) =>
      awsClients({
        handler,
        endpoint: url,
        maxAttempts,
        credentials: CREDENTIALS,
        region: 'eu-west-1',
        signal: new AbortController().signal,
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
  organizations: ['AccessDeniedException', 'TooManyRequestsException'],
} as const satisfies Readonly<Record<ServiceName, readonly [denied: string, throttled: string]>>;
