import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { type Check, checkReadiness } from './health.ts';
import { type Logger } from './logger.ts';
import { type Metrics } from './metrics.ts';

export interface MonitorOptions {
  readonly host: string;
  /** 0 is any free port. */
  readonly port: number;
  readonly checks: readonly Check[];
  readonly metrics: Metrics;
  readonly logger: Logger;
  /** Called before metrics are read, for those that are looked up. */
  readonly beforeMetrics?: (() => Promise<void>) | undefined;
}

/** Answers for a process that serves nothing else: `/healthz`, `/readyz`, `/metrics`. */
export interface Monitor {
  readonly url: string;
  readonly close: () => Promise<void>;
}

const CHECK_MS = 3_000;

/** Starts to answer; an error of listening comes out as Node throws it. */
export async function startMonitor(options: MonitorOptions): Promise<Monitor> {
  const server = createServer((request, response) => {
    void answer(request, response, options);
  });
  const { host } = options;
  const port = await listening(server, options.port, host);
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function listening(server: Server, port: number, host: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: MonitorOptions,
): Promise<void> {
  try {
    const [path] = (request.url ?? '/').split('?', 1);
    const { status, type, body } = await bodyOf(path ?? '/', options);
    response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
    response.end(request.method === 'HEAD' ? undefined : body);
  } catch (error) {
    options.logger.error({ err: error }, 'a question about this process cannot be answered');
    response.writeHead(500).end();
  }
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

async function bodyOf(
  path: string,
  { checks, metrics, logger, beforeMetrics }: MonitorOptions,
): Promise<Answer> {
  if (path === '/healthz') return json(200, { status: 'ok' });
  if (path === '/metrics') {
    await beforeMetrics?.();
    return { status: 200, type: metrics.contentType, body: await metrics.text() };
  }
  if (path !== '/readyz') return json(404, { status: 'not found' });
  const onFailure = (check: string, error: unknown): void => logger.warn({ check, err: error }, 'not ready');
  const readiness = await checkReadiness(checks, { timeoutMs: CHECK_MS, onFailure });
  return json(readiness.ready ? 200 : 503, readiness);
}

function json(status: number, body: object): Answer {
  return { status, type: 'application/json', body: JSON.stringify(body) };
}
