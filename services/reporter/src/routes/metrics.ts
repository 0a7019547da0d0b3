import { type Logger } from '@denyscope/ops';
import { type App } from '../app.ts';
import { type ReporterMetrics } from '../metrics/reporter-metrics.ts';
import { type Scans } from '../scans.ts';
import { GET, refuseOtherMethods } from './route.ts';

interface Needs {
  readonly scans: Scans;
  readonly metrics: ReporterMetrics;
  readonly logger: Logger;
}

/** `GET /metrics`: for Prometheus. While the database does not answer, the last scan's numbers stand. */
export function metricsRoute(app: App, { scans, metrics, logger }: Needs): void {
  app.get('/metrics', { logLevel: 'warn' }, async (_request, reply) => {
    try {
      metrics.show(await scans.latest());
    } catch (error) {
      logger.warn({ err: error }, 'the last scan could not be read for the metrics');
    }
    const text = await metrics.registry.text();
    return reply.header('content-type', metrics.registry.contentType).send(text);
  });
  refuseOtherMethods(app, '/metrics', GET);
}
