/**
 * HTTP requests come in; answers about buckets, explanations, health and metrics come out as JSON or
 * Prometheus text, and a page that shows the jobs of scans. It reads what the store holds and computes nothing that a
 * scan could have computed.
 */
export { type MoreMetrics } from './routes/metrics.ts';
export { type LoadedScan, type Scans, openScans } from './scans.ts';
export { type Access, type Reporter, type ReporterOptions, isLoopback, startReporter } from './reporter.ts';
