import { Writable } from 'node:stream';
import { createLogger } from './logger.ts';
import { createMetrics } from './metrics.ts';
import { type Monitor, startMonitor } from './monitor.ts';

const logger = createLogger({
  level: 'silent',
  name: 'test',
  destination: new Writable({ write: (_chunk, _encoding, done) => done() }),
});

describe('the monitor of a process', () => {
  const state = { broken: false };
  const metrics = createMetrics({ processMetrics: false });
  const scans = metrics.counter({ name: 'denyscope_test_total', help: 'Of the test.', labels: ['result'] });
  let monitor: Monitor;
  beforeAll(async () => {
    scans.increment({ result: 'ok' }, 2);
    const run = async (): Promise<void> => {
      if (state.broken) throw new Error('no database: postgres://ann:s3cret@db/x');
    };
    const checks = [{ name: 'database', run }];
    monitor = await startMonitor({ host: '127.0.0.1', port: 0, checks, metrics, logger });
  });
  afterAll(() => monitor.close());

  const ask = async (path: string): Promise<readonly [number, string]> => {
    const response = await fetch(`${monitor.url}${path}`);
    return [response.status, await response.text()];
  };

  test('says that it runs', async () => {
    expect(await ask('/healthz')).toEqual([200, '{"status":"ok"}']);
  });

  test('says whether it is ready, and not why not', async () => {
    expect((await ask('/readyz?x')).at(0)).toBe(200);
    state.broken = true;
    expect(await ask('/readyz')).toEqual([503, '{"ready":false,"checks":{"database":"failed"}}']);
    expect((await ask('/healthz')).at(0)).toBe(200);
  });

  test('gives its metrics', async () => {
    expect(await ask('/metrics')).toEqual([
      200,
      expect.stringContaining('denyscope_test_total{result="ok"} 2'),
    ]);
  });

  test('knows nothing else', async () => {
    expect((await ask('/')).at(0)).toBe(404);
  });
});
