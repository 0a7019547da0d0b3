import { createMetrics } from './metrics.ts';

describe('createMetrics', () => {
  test('two registries in one process do not meet', async () => {
    const [one, other] = [createMetrics({ processMetrics: false }), createMetrics({ processMetrics: false })];
    const options = { name: 'denyscope_test', help: 'a test', labels: ['account_id'] };
    one.gauge(options).set({ account_id: '111122223333' }, 4);
    other.gauge(options).set({ account_id: '444455556666' }, 5);
    expect(await one.text()).toContain('denyscope_test{account_id="111122223333"} 4');
    expect(await one.text()).not.toContain('444455556666');
  });

  test('a gauge that is reset forgets what has vanished', async () => {
    const metrics = createMetrics({ processMetrics: false });
    const gauge = metrics.gauge({ name: 'denyscope_test', help: 'a test', labels: ['region'] });
    gauge.set({ region: 'eu-west-1' }, 1);
    gauge.reset();
    expect(await metrics.text()).not.toContain('eu-west-1');
  });

  test('a histogram counts into its buckets', async () => {
    const metrics = createMetrics({ processMetrics: false });
    const options = { name: 'denyscope_test_seconds', help: 'a test', labels: ['route'], buckets: [0.1, 1] };
    metrics.histogram(options).observe({ route: '/x' }, 0.5);
    const text = await metrics.text();
    expect(text).toContain('denyscope_test_seconds_bucket{le="0.1",route="/x"} 0');
    expect(text).toContain('denyscope_test_seconds_bucket{le="1",route="/x"} 1');
  });

  test('the process is measured unless it is not wanted', async () => {
    expect(await createMetrics().text()).toContain('process_cpu_seconds_total');
  });
});
