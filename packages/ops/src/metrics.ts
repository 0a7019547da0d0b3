import {
  Counter as PromCounter,
  Gauge as PromGauge,
  Histogram as PromHistogram,
  Registry,
  collectDefaultMetrics,
} from 'prom-client';

/** Label values of one series; bounded sets only, never names of principals, error texts or ids of scans. */
export type Labels = Readonly<Record<string, string>>;

export interface MetricOptions {
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly string[];
}

export interface Counter {
  readonly increment: (labels: Labels, by?: number) => void;
}

export interface Gauge {
  readonly set: (labels: Labels, value: number) => void;
  /** Forgets every series, so that what has vanished is not reported for ever. */
  readonly reset: () => void;
}

export interface Histogram {
  readonly observe: (labels: Labels, value: number) => void;
}

/** The metrics of one process. Nothing is global: two of them in one process do not meet. */
export interface Metrics {
  readonly counter: (options: MetricOptions) => Counter;
  readonly gauge: (options: MetricOptions) => Gauge;
  readonly histogram: (options: MetricOptions & { readonly buckets: readonly number[] }) => Histogram;
  readonly contentType: string;
  /** All series, in Prometheus's text format. */
  readonly text: () => Promise<string>;
}

interface MetricsOptions {
  /** Also `process_*` and `nodejs_*`. */
  readonly processMetrics?: boolean;
}

export function createMetrics({ processMetrics = true }: MetricsOptions = {}): Metrics {
  const registry = new Registry();
  if (processMetrics) collectDefaultMetrics({ register: registry });
  const common = ({ name, help, labels = [] }: MetricOptions) => ({
    name,
    help,
    labelNames: [...labels],
    registers: [registry],
  });
  return {
    counter: (options) => {
      const counter = new PromCounter(common(options));
      return { increment: (labels, by = 1) => counter.inc({ ...labels }, by) };
    },
    gauge: (options) => {
      const gauge = new PromGauge(common(options));
      return { set: (labels, value) => gauge.set({ ...labels }, value), reset: () => gauge.reset() };
    },
    histogram: ({ buckets, ...options }) => {
      const histogram = new PromHistogram({ ...common(options), buckets: [...buckets] });
      return { observe: (labels, value) => histogram.observe({ ...labels }, value) };
    },
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}
