import { type Check, type Logger, checkReadiness } from '@denyscope/ops';
import { type Store } from '@denyscope/store';
import { type App } from '../app.ts';
import { ApiProblem } from '../problem.ts';
import { GET, refuseOtherMethods } from './route.ts';

const TIMEOUT_MS = 2_000;

/** Probes ask often and carry no token. */
const PROBE = { public: true, rateLimit: false } as const;

/** `GET /healthz`: the process lives. `GET /readyz`: the database answers, and there is a complete scan to serve. */
export function healthRoutes(app: App, store: Store, logger: Logger): void {
  app.get('/healthz', { config: PROBE, logLevel: 'warn' }, async () => ({ status: 'ok' }));
  refuseOtherMethods(app, '/healthz', GET);

  const checks = readinessChecks(store);
  const onFailure = (check: string, error: unknown): void => logger.warn({ err: error, check }, 'not ready');
  app.get('/readyz', { config: PROBE, logLevel: 'warn' }, async () => {
    const { ready, checks: outcomes } = await checkReadiness(checks, { timeoutMs: TIMEOUT_MS, onFailure });
    if (ready) return { status: 'ok', checks: outcomes };
    throw new ApiProblem('not-ready', 'not every check passes', { members: { checks: outcomes } });
  });
  refuseOtherMethods(app, '/readyz', GET);
}

function readinessChecks(store: Store): readonly Check[] {
  return [
    { name: 'database', run: store.ping },
    {
      name: 'scan',
      run: async () => {
        if ((await store.latestScan()) === undefined) throw new Error('no scan is complete yet');
      },
    },
  ];
}
