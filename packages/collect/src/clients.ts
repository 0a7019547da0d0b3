import type { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import type { EC2Client } from '@aws-sdk/client-ec2';
import { IAMClient } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { S3Client } from '@aws-sdk/client-s3';
import { S3ControlClient } from '@aws-sdk/client-s3-control';
import { STSClient, type STSClientConfig } from '@aws-sdk/client-sts';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { paced, type PacedClient, type Pacing } from './paced.ts';
import { adaptiveRetry } from './retry.ts';
import type { ServiceName } from './service-name.ts';

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
  readonly cloudtrail: () => Promise<CloudTrailClient>;
  /** What every call is sent with. */
  readonly sending: { readonly abortSignal: AbortSignal };
}

export interface ClientsOptions extends Transport {
  /** Without them, the SDK's default chain. */
  readonly credentials?: Credentials | undefined;
  readonly region: string;
  readonly signal: AbortSignal;
  readonly pacing: Pacing;
}

/** Clients of one account in one Region. */
export function awsClients(options: ClientsOptions): AwsClients {
  const { region, pacing, signal } = options;
  const s3Endpoint = customEndpoint(options.endpoint, 'S3');
  const controlEndpoint = customEndpoint(options.endpoint, 'S3_CONTROL');
  const client = <Client extends PacedClient>(
    service: ServiceName,
    make: (config: ClientConfig) => Client,
  ): Client => paced(make(clientConfig(options, service)), { ...pacing, service, region });
  // AWS: a bucket in another Region answers 301 or 400 with its Region; follow it once (semantics.md H.4).
  const s3 = { followRegionRedirects: true, forcePathStyle: s3Endpoint !== undefined };
  const s3Control = controlEndpoint && endpointAsIs(controlEndpoint);
  return {
    region,
    s3: once(() => client('s3', (config) => new S3Client({ ...config, ...s3 }))),
    s3Control: once(() => client('s3-control', (config) => new S3ControlClient({ ...config, ...s3Control }))),
    iam: once(() => client('iam', (config) => new IAMClient(config))),
    kms: once(() => client('kms', (config) => new KMSClient(config))),
    organizations: once(() => client('organizations', (config) => new OrganizationsClient(config))),
    sts: once(() => client('sts', (config) => new STSClient(config))),
    ec2: once(async () => {
      const { EC2Client: Client } = await import('@aws-sdk/client-ec2');
      return client('ec2', (config) => new Client(config));
    }),
    cloudtrail: once(async () => {
      const { CloudTrailClient: Client } = await import('@aws-sdk/client-cloudtrail');
      return client('cloudtrail', (config) => new Client(config));
    }),
    sending: { abortSignal: signal },
  };
}

interface ClientConfig {
  readonly region: string;
  readonly requestHandler: NodeHttpHandler;
  readonly maxAttempts: number;
  readonly retryStrategy: ReturnType<typeof adaptiveRetry>;
  readonly endpoint?: string;
  readonly credentials?: Credentials;
}

function clientConfig(options: ClientsOptions, service: ServiceName): ClientConfig {
  const { region, handler, maxAttempts, signal, endpoint, credentials, pacing } = options;
  const slowest = service === 'organizations' ? SLOWEST_OF_ORGANIZATIONS : SLOWEST;
  const waited = (ms: number): void => {
    pacing.waited(service, ms);
  };
  return {
    region,
    requestHandler: handler,
    maxAttempts,
    retryStrategy: adaptiveRetry({ maxAttempts, slowest, signal, waited }),
    ...(endpoint !== undefined && { endpoint }),
    ...(credentials !== undefined && { credentials }),
  };
}

/** Calls a second to which throttling slows a client down at most: far below AWS's limits (semantics.md H.2). */
const SLOWEST = 20;
const SLOWEST_OF_ORGANIZATIONS = 5;

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
  /** Connections to one host: no fewer than calls may be in flight. */
  readonly maxSockets?: number | undefined;
  readonly requestTimeoutMs?: number;
}

/** The handler that all clients of a process share. `destroy()` it when the last scan is done. */
export function sharedHttpHandler(options: HandlerOptions = {}): NodeHttpHandler {
  const { maxSockets = 64, requestTimeoutMs = REQUEST_TIMEOUT } = options;
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
