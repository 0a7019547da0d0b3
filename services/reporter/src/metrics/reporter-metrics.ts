import { type Metrics, createMetrics } from '@denyscope/ops';
import { type FastifyRequest } from 'fastify';
import { type App } from '../app.ts';
import { type AccountRead } from '@denyscope/store';
import { type LoadedScan } from '../scans.ts';
import { accountGauges } from './account-gauges.ts';
import { coverageGauges } from './coverage-gauges.ts';
import { type InventoryGauges, inventoryGauges } from './inventory-gauges.ts';

/** What the reporter tells Prometheus about itself and about the last scan. */
export interface ReporterMetrics {
  readonly registry: Metrics;
  /** Counts every request that the server answers. */
  readonly measure: (app: App) => void;
  /** Takes the numbers of a scan; without one, what was shown stays. */
  readonly show: (scan: LoadedScan | undefined) => void;
  /** Takes the times at which accounts were read. */
  readonly showAccounts: (scan: LoadedScan | undefined, reads: readonly AccountRead[]) => void;
}

interface Build {
  readonly version: string;
  readonly commit: string;
}

const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function createReporterMetrics({ version, commit }: Build): ReporterMetrics {
  const registry = createMetrics();
  registry
    .gauge({
      name: 'denyscope_build_info',
      help: 'What runs, always 1.',
      labels: ['version', 'commit', 'node_version'],
    })
    .set({ version, commit, node_version: process.versions.node }, 1);
  return {
    registry,
    measure: (app) => measure(app, registry),
    show: shower([inventoryGauges(registry), coverageGauges(registry)]),
    showAccounts: accountGauges(registry).show,
  };
}

function measure(app: App, registry: Metrics): void {
  const durations = registry.histogram({
    name: 'denyscope_http_request_duration_seconds',
    help: 'How long requests took, by route template.',
    labels: ['route', 'method', 'status_class'],
    buckets: BUCKETS,
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = routeOf(request);
    // Bounded: a client may send any of Node's methods to no route at all.
    const method = app.supportedMethods.includes(request.method) ? request.method : 'other';
    const status_class = `${Math.floor(reply.statusCode / 100)}xx`;
    durations.observe({ route, method, status_class }, reply.elapsedTime / 1000);
  });
}

/** The page of the queues is many addresses of somebody else's making, and one to us. */
function routeOf({ is404, routeOptions: { url, config } }: FastifyRequest): string {
  if (is404 || url === undefined) return 'unmatched';
  return config.browser === true ? '/queues/*' : url;
}

/** A scan does not change, so its numbers are taken once. */
function shower(gauges: readonly InventoryGauges[]): ReporterMetrics['show'] {
  let shown: string | undefined;
  return (scan) => {
    if (scan === undefined || scan.ref.id === shown) return;
    for (const each of gauges) each.show(scan);
    shown = scan.ref.id;
  };
}
