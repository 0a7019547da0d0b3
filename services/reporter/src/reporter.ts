import { randomUUID } from 'node:crypto';
import { type AddressInfo } from 'node:net';
import { fastifyHelmet } from '@fastify/helmet';
import { fastifyRateLimit } from '@fastify/rate-limit';
import { type Logger } from '@denyscope/ops';
import { type QueuePages } from '@denyscope/queue';
import { type Store } from '@denyscope/store';
import { type FastifyBaseLogger, LogController, fastify } from 'fastify';
import { type ZodTypeProvider, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { type Access, guard, isLoopback } from './access.ts';
import { type App } from './app.ts';
import { type ReporterMetrics, createReporterMetrics } from './metrics/reporter-metrics.ts';
import { ApiProblem, sendProblem, toProblem } from './problem.ts';
import { accessRoute } from './routes/access.ts';
import { changesRoute } from './routes/changes.ts';
import { coverageRoute } from './routes/coverage.ts';
import { explainRoute } from './routes/explain.ts';
import { healthRoutes } from './routes/health.ts';
import { type MoreMetrics, metricsRoute } from './routes/metrics.ts';
import { openScans } from './scans.ts';

export { type Access, isLoopback } from './access.ts';

export interface ReporterOptions {
  readonly store: Store;
  readonly logger: Logger;
  readonly access: Access;
  readonly host: string;
  /** 0 is any free port. */
  readonly port: number;
  readonly version: string;
  /** The commit that this was built from, where it is known. */
  readonly commit?: string | undefined;
  /** The queues of the jobs, for a page and for the metrics; they stay the caller's. */
  readonly queues?: QueuePages | undefined;
  /** Metrics of what else runs in this process; more may be added later. */
  readonly moreMetrics?: readonly MoreMetrics[] | undefined;
  /** Requests a minute and address. */
  readonly requestsPerMinute?: number;
}

export interface Reporter {
  /** Where it listens. */
  readonly url: string;
  /** Stops listening, and waits for the requests that are being answered. */
  readonly close: () => Promise<void>;
}

const BODY_LIMIT = 256 * 1024;
const REQUESTS_PER_MINUTE = 1_200;
const REQUEST_TIMEOUT_MS = 30_000;

/** Starts to answer over HTTP. An open reporter binds to loopback addresses only. */
export async function startReporter(options: ReporterOptions): Promise<Reporter> {
  const { host, port, access } = options;
  if (access.kind === 'open' && !isLoopback(host)) {
    throw new Error(`an open reporter listens on a loopback address only, not on \`${host}\``);
  }
  const app = await build(options);
  try {
    await app.listen({ host, port });
  } catch (error) {
    await app.close();
    throw error;
  }
  return { url: urlOf(app.server.address(), host), close: () => app.close() };
}

function urlOf(address: AddressInfo | string | null, host: string): string {
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

async function build(options: ReporterOptions): Promise<App> {
  const { version, commit = 'unknown', requestsPerMinute = REQUESTS_PER_MINUTE } = options;
  const app = newServer(options);
  // JSON is all that is read: a form of another site can send plain text, and nothing else.
  app.removeContentTypeParser('text/plain');
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  answerProblems(app);
  const metrics = createReporterMetrics({ version, commit });
  metrics.measure(app);
  await app.register(fastifyHelmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
  });
  await app.register(fastifyRateLimit, {
    max: requestsPerMinute,
    timeWindow: 60_000,
    errorResponseBuilder: () =>
      new ApiProblem('too-many-requests', 'slow down: `Retry-After` says when to go on'),
  });
  guard(app, options.access);
  await addRoutes(app, options, metrics);
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, () => {
    throw new ApiProblem('not-found', 'nothing is served at this address');
  });
  return app;
}

async function addRoutes(app: App, options: ReporterOptions, metrics: ReporterMetrics): Promise<void> {
  const { store, logger, queues, moreMetrics = [] } = options;
  const scans = openScans(store);
  accessRoute(app, scans);
  changesRoute(app, store);
  coverageRoute(app, scans);
  explainRoute(app, scans);
  healthRoutes(app, store, logger);
  const more = (): readonly MoreMetrics[] => [...(queues ? [queues.metrics] : []), ...moreMetrics];
  metricsRoute(app, { scans, store, metrics, more, logger });
  if (queues === undefined) return;
  // Loaded only where there is a queue to show.
  const { queueRoutes } = await import('./routes/queues.ts');
  await queueRoutes(app, queues);
}

function newServer({ logger }: ReporterOptions): App {
  const loggerInstance: FastifyBaseLogger = logger;
  return fastify({
    loggerInstance,
    // One line a request, below, instead of two.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 512 },
    genReqId: ({ headers }) => {
      const given = headers['x-request-id'];
      return typeof given === 'string' && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID();
    },
    frameworkErrors: (error, _request, reply) => {
      sendProblem(reply, new ApiProblem('bad-request', 'the address cannot be read', { cause: error }));
    },
  }).withTypeProvider<ZodTypeProvider>();
}

function answerProblems(app: App): void {
  app.addHook('onRequest', async (request, reply) => {
    void reply.headers({ 'x-request-id': request.id, 'cache-control': 'no-store' });
  });
  app.addHook('onResponse', async ({ method, url, log }, { statusCode, elapsedTime }) => {
    log.info({ method, url, statusCode, ms: Math.round(elapsedTime) }, 'answered');
  });
  app.setErrorHandler((error, request, reply) => {
    const problem = toProblem(error);
    if (problem.statusCode >= 500) {
      request.log.error({ err: problem.cause ?? problem }, problem.detail);
    }
    return sendProblem(reply, problem);
  });
}
