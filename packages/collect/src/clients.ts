import type { EC2Client } from '@aws-sdk/client-ec2';
import { IAMClient } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { S3Client } from '@aws-sdk/client-s3';
import { S3ControlClient } from '@aws-sdk/client-s3-control';
import { STSClient, type STSClientConfig } from '@aws-sdk/client-sts';
import { AdaptiveRetryStrategy, DefaultRateLimiter } from '@smithy/core/retry';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';

/** Credentials as the SDK's clients take them: a value, or what fetches one. */
export type Credentials = NonNullable<STSClientConfig['credentials']>;

/** How calls are sent; the same for every account of a scan. */
export interface Transport {
  /** One handler for all clients, so that they share connections. */
  readonly handler: NodeHttpHandler;
  /** A server in the place of AWS; `AWS_ENDPOINT_URL` unless given. */
  readonly endpoint?: string | undefined;
  /** How often a call is tried that is throttled or fails on the way. */
  readonly maxAttempts: number;
}

/** One account's clients in one Region: made when first asked for, and dropped with the job (stack.md section 5). */
export interface AwsClients {
  readonly region: string;
  readonly s3: () => S3Client;
  readonly s3Control: () => S3ControlClient;
  readonly iam: () => IAMClient;
  readonly kms: () => KMSClient;
  readonly organizations: () => OrganizationsClient;
  readonly sts: () => STSClient;
  readonly ec2: () => Promise<EC2Client>;
  /** What every call is sent with. */
  readonly sending: { readonly abortSignal: AbortSignal };
}

export interface ClientsOptions extends Transport {
  /** Without them, the SDK's default chain. */
  readonly credentials?: Credentials | undefined;
  readonly region: string;
  readonly signal: AbortSignal;
}

/** Clients of one account in one Region. */
export function awsClients(options: ClientsOptions): AwsClients {
  const config = (slowest = SLOWEST): ClientConfig => clientConfig(options, slowest);
  const s3Endpoint = customEndpoint(options.endpoint, 'S3');
  const controlEndpoint = customEndpoint(options.endpoint, 'S3_CONTROL');
  return {
    region: options.region,
    // AWS: a bucket in another Region answers 301 or 400 with its Region; follow it once (semantics.md H.4).
    s3: once(
      () =>
        new S3Client({ ...config(), followRegionRedirects: true, forcePathStyle: s3Endpoint !== undefined }),
    ),
    s3Control: once(
      () => new S3ControlClient({ ...config(), ...(controlEndpoint && endpointAsIs(controlEndpoint)) }),
    ),
    iam: once(() => new IAMClient(config())),
    kms: once(() => new KMSClient(config())),
    organizations: once(() => new OrganizationsClient(config(SLOWEST_FOR_ORGANIZATIONS))),
    sts: once(() => new STSClient(config())),
    ec2: once(async () => {
      const { EC2Client: Client } = await import('@aws-sdk/client-ec2');
      return new Client(config());
    }),
    sending: { abortSignal: options.signal },
  };
}

interface ClientConfig {
  readonly region: string;
  readonly requestHandler: NodeHttpHandler;
  readonly retryStrategy: AdaptiveRetryStrategy;
  readonly endpoint?: string;
  readonly credentials?: Credentials;
}

function clientConfig({ credentials, endpoint, ...options }: ClientsOptions, slowest: number): ClientConfig {
  return {
    region: options.region,
    requestHandler: options.handler,
    retryStrategy: adaptiveRetry(options.maxAttempts, slowest),
    ...(endpoint !== undefined && { endpoint }),
    ...(credentials !== undefined && { credentials }),
  };
}

/** Calls a second to which throttling slows a client down at most: far below AWS's limits (semantics.md H.2). */
const SLOWEST = 20;
const SLOWEST_FOR_ORGANIZATIONS = 5;

/**
 * Adaptive retry, one for each service, Region and account. The SDK's own falls to one call in two seconds where the
 * first second is throttled, since it has measured no rate yet, and short-lived clients never recover from that.
 */
function adaptiveRetry(maxAttempts: number, slowest: number): AdaptiveRetryStrategy {
  const rateLimiter = new DefaultRateLimiter({ minFillRate: slowest, minCapacity: slowest });
  return new AdaptiveRetryStrategy(maxAttempts, { rateLimiter });
}

/** The server in the place of AWS for one service, as the SDK itself finds it. */
function customEndpoint(given: string | undefined, service: string): string | undefined {
  return given ?? process.env[`AWS_ENDPOINT_URL_${service}`] ?? process.env['AWS_ENDPOINT_URL'];
}

/**
 * S3 Control puts the account's id before the host, and the SDK throws `Invalid URL` where the host is an IP
 * address (stack.md section 5). The account goes in a header too, so a server in AWS's place can tell.
 */
function endpointAsIs(endpoint: string): { readonly endpointProvider: () => { readonly url: URL } } {
  return { endpointProvider: () => ({ url: new URL(endpoint) }) };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Times in milliseconds after which a call is given up and tried again. */
const CONNECTION_TIMEOUT = 5_000;
const REQUEST_TIMEOUT = 30_000;

export interface HandlerOptions {
  readonly maxSockets?: number;
  readonly requestTimeoutMs?: number;
}

/** The handler that all clients of a process share. `destroy()` it when the last scan is done. */
export function sharedHttpHandler(options: HandlerOptions = {}): NodeHttpHandler {
  const { maxSockets = 50, requestTimeoutMs = REQUEST_TIMEOUT } = options;
  const agent = { keepAlive: true, maxSockets };
  return new NodeHttpHandler({
    connectionTimeout: CONNECTION_TIMEOUT,
    requestTimeout: requestTimeoutMs,
    // Without it the SDK only warns, and a server that hangs holds the call for ever.
    throwOnRequestTimeout: true,
    httpAgent: new HttpAgent(agent),
    httpsAgent: new HttpsAgent(agent),
  });
}
