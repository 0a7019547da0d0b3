import { type DestinationStream, type Logger as PinoLogger, destination, pino, stdSerializers } from 'pino';
import { type LogLevel } from './configuration.ts';
import { redact } from './redact.ts';

export type Logger = PinoLogger;

export interface LoggerOptions {
  readonly level: LogLevel;
  /** The process that writes: `reporter`, `worker`, … */
  readonly name: string;
  /** Values that must never be in a log, whichever field they come in. */
  readonly secrets?: readonly string[];
  /** Standard error, unless a test says otherwise. */
  readonly destination?: DestinationStream;
}

const SECRET_FIELDS = ['password', 'token', 'secret', 'authorization', 'cookie', 'apiToken', 'databaseUrl'];
/** One by one, since the redaction of a log line looks at exact places only. */
const PLACES = SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.headers.${field}`]);

/** A logger that writes JSON lines to standard error; secrets and the passwords of URLs are taken out of every line. */
export function createLogger(options: LoggerOptions): Logger {
  const { level, name, secrets = [] } = options;
  const settings = {
    level,
    name,
    base: { name },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: stdSerializers.err, error: stdSerializers.err },
    redact: { paths: [...PLACES, 'headers.authorization', 'headers.cookie'], censor: '[redacted]' },
    hooks: { streamWrite: (line: string) => redact(line, secrets) },
  };
  // Synchronous, so that the last words before an exit are not lost.
  return pino(settings, options.destination ?? destination({ fd: 2, sync: true }));
}
