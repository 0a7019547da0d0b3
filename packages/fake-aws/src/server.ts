import { setMaxListeners } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { faultsOf, type Fault } from './fault.ts';
import { answerRequest, type GatewayOptions, type RecordedCall } from './gateway.ts';
import type { HttpRequest } from './http.ts';
import { cloudtrailService } from './services/cloudtrail.ts';
import { ec2Service } from './services/ec2.ts';
import { iamService } from './services/iam.ts';
import { kmsService } from './services/kms.ts';
import { organizationsService } from './services/organizations.ts';
import { s3ControlService } from './services/s3-control.ts';
import { s3Service } from './services/s3.ts';
import { stsService } from './services/sts.ts';
import { openSessions } from './sessions.ts';
import { worldOf, type ServedSnapshot } from './world.ts';

/** The access key id of the scanner's static credentials; any secret goes with it. */
export const SCANNER_ACCESS_KEY_ID = 'AKIAFAKESCANNER00001';

export interface FakeAwsOptions {
  readonly snapshot: ServedSnapshot;
  /** The account of the scanner's static credentials: the management account unless given. */
  readonly scannerAccountId?: string | undefined;
  /** The access key id of the scanner's static credentials. */
  readonly scannerAccessKeyId?: string | undefined;
  /** The role that every account has for the scanner. */
  readonly roleName?: string | undefined;
  /** What AssumeRole must name, if anything. */
  readonly externalId?: string | undefined;
  /** Items a page in every list: 3, and 5 in IAM, unless given. */
  readonly pageSize?: number | undefined;
  readonly faults?: readonly Fault[] | undefined;
  /** Decides which calls a fault with a `rate` befalls. */
  readonly seed?: number | undefined;
  /** A free one unless given. */
  readonly port?: number | undefined;
  readonly host?: string | undefined;
  /** Milliseconds since the epoch, for the expiry of sessions. */
  readonly now?: (() => number) | undefined;
  /** Hears of every call in place of `calls()`, which then stays empty: for more calls than memory should hold. */
  readonly onCall?: ((call: RecordedCall) => void) | undefined;
}

export interface FakeAws {
  /** For `AWS_ENDPOINT_URL`. */
  readonly url: string;
  readonly port: number;
  /** Every call so far, in the order of the answers; none where `onCall` hears of them. */
  readonly calls: () => readonly RecordedCall[];
  /** Serves another organization from now on: sessions and faults stay. */
  readonly turnInto: (snapshot: ServedSnapshot) => void;
  /** Ends every connection, hanging ones too. */
  readonly close: () => Promise<void>;
}

/** Serves the organization of a snapshot as AWS, on the loopback interface. */
export async function startFakeAws(options: FakeAwsOptions): Promise<FakeAws> {
  const calls: RecordedCall[] = [];
  const stopping = new AbortController();
  // Every call that is made to wait listens to it.
  setMaxListeners(0, stopping.signal);
  const record = options.onCall ?? ((call: RecordedCall) => calls.push(call));
  let gateway = gatewayOf(options, stopping.signal, record);
  const server = createServer((request, response) => {
    void serve(request, response, gateway);
  });
  const host = options.host ?? '127.0.0.1';
  if (!isLoopback(host)) throw new Error(`not a loopback address: \`${host}\``);
  const port = await listening(server, options.port ?? 0, host);
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${String(port)}`,
    port,
    calls: () => [...calls],
    turnInto: (snapshot) => {
      gateway = { ...gateway, backdrop: { ...gateway.backdrop, world: worldOf(snapshot) } };
    },
    close: async () => {
      stopping.abort();
      await closed(server);
    },
  };
}

/** Whoever reaches the server reads the whole organization: nobody but this machine may. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

function gatewayOf(
  options: FakeAwsOptions,
  stopping: AbortSignal,
  record: (call: RecordedCall) => void,
): GatewayOptions {
  const world = worldOf(options.snapshot);
  const sessions = openSessions({
    accountId: options.scannerAccountId ?? world.managementAccountId,
    accessKeyId: options.scannerAccessKeyId ?? SCANNER_ACCESS_KEY_ID,
    now: options.now ?? Date.now,
  });
  const role = { name: options.roleName ?? 'DenyscopeScanner', externalId: options.externalId };
  return {
    services: {
      sts: stsService(role),
      iam: iamService,
      ec2: ec2Service,
      cloudtrail: cloudtrailService,
      organizations: organizationsService,
      kms: kmsService,
      s3: s3Service,
      's3-control': s3ControlService,
    },
    backdrop: { world, sessions, pageSize: options.pageSize },
    mishap: faultsOf(options.faults ?? [], options.seed ?? 1),
    wait: async (milliseconds) => {
      await sleep(milliseconds, undefined, { signal: stopping });
    },
    record,
  };
}

async function serve(
  incoming: IncomingMessage,
  response: ServerResponse,
  gateway: GatewayOptions,
): Promise<void> {
  try {
    const reply = await answerRequest(await requestOf(incoming), gateway);
    if (reply.kind === 'hang') return;
    if (reply.kind === 'reset') {
      incoming.socket.resetAndDestroy();
      return;
    }
    const { status, headers, body } = reply.answer;
    response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
    response.end(incoming.method === 'HEAD' ? undefined : body);
  } catch (error) {
    fail(response, error);
  }
}

/** A body that never came, a server that stops, or a fault of ours: no request may end the process. */
function fail(response: ServerResponse, error: unknown): void {
  if (response.destroyed || response.headersSent) return;
  const status = error instanceof TooLarge ? 413 : 500;
  response.writeHead(status, { 'content-type': 'text/plain', connection: 'close' });
  response.end(error instanceof Error ? error.message : 'InternalFailure');
}

const LONGEST_BODY = 1 << 20;

class TooLarge extends Error {}

async function requestOf(incoming: IncomingMessage): Promise<HttpRequest> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming) {
    if (!Buffer.isBuffer(chunk)) continue;
    length += chunk.length;
    if (length > LONGEST_BODY) throw new TooLarge('request entity too large');
    chunks.push(chunk);
  }
  const [path = '/', query = ''] = splitOnce(incoming.url ?? '/', '?');
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, [value].flat()[0]] as const);
  return {
    method: incoming.method ?? 'GET',
    path,
    query: new URLSearchParams(query),
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

function splitOnce(text: string, separator: string): readonly string[] {
  const place = text.indexOf(separator);
  return place < 0 ? [text] : [text.slice(0, place), text.slice(place + 1)];
}

async function listening(server: Server, port: number, host: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

async function closed(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
