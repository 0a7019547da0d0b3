import { type Logger } from '@denyscope/ops';
import { type Store } from '@denyscope/store';
import { type App } from '../app.ts';
import { type ReporterMetrics } from '../metrics/reporter-metrics.ts';
import { type Scans } from '../scans.ts';
import { GET, refuseOtherMethods } from './route.ts';

/** Metrics of something else in the process, in Prometheus's text format. */
export type MoreMetrics = () => Promise<string>;

interface Needs {
  readonly scans: Scans;
  readonly store: Pick<Store, 'accountReads'>;
  readonly metrics: ReporterMetrics;
  /** Asked at each scrape. */
  readonly more: () => readonly MoreMetrics[];
  readonly logger: Logger;
}

/** `GET /metrics`: for Prometheus. While the database does not answer, the numbers that were known stand. */
export function metricsRoute(app: App, { scans, store, metrics, more, logger }: Needs): void {
  app.get('/metrics', { logLevel: 'warn' }, async (_request, reply) => {
    try {
      const scan = await scans.latest();
      metrics.show(scan);
      metrics.showAccounts(scan, await store.accountReads());
    } catch (error) {
      logger.warn({ err: error }, 'the last scan could not be read for the metrics');
    }
    const texts = await Promise.all([
      metrics.registry.text(),
      ...more().map((text) => orNothing(text, logger)),
    ]);
    return reply.header('content-type', metrics.registry.contentType).send(texts.map(ended).join(''));
  });
  refuseOtherMethods(app, '/metrics', GET);
}

/** What cannot be told now is missing, and the rest is told. */
async function orNothing(text: MoreMetrics, logger: Logger): Promise<string> {
  try {
    return await text();
  } catch (error) {
    logger.warn({ err: error }, 'some of the metrics could not be read');
    return '';
  }
}

function ended(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
