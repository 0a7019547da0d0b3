/**
 * Environment variables come in; a checked configuration comes out. So do the logger, the metrics
 * registry, the health checks and the orderly shutdown that every process shares.
 */
export {
  type Configuration,
  ConfigurationError,
  type ConfigurationFault,
  type Environment,
  LOG_LEVELS,
  type LogLevel,
  readConfiguration,
} from './configuration.ts';
export { type Check, type CheckOutcome, type Readiness, checkReadiness } from './health.ts';
export { type Logger, type LoggerOptions, createLogger } from './logger.ts';
export {
  type Counter,
  type Gauge,
  type Histogram,
  type Labels,
  type MetricOptions,
  type Metrics,
  createMetrics,
} from './metrics.ts';
export { type Monitor, type MonitorOptions, startMonitor } from './monitor.ts';
export { redact } from './redact.ts';
export { type ScanConfiguration, readScanConfiguration } from './scan-configuration.ts';
export { type Held, type Service, runService } from './service.ts';
export { type Shutdown, type ShutdownOptions, type StopReason, closeOnSignal } from './shutdown.ts';
