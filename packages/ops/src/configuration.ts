import { z } from 'zod';

/** Where settings come from; `process.env` in production. */
export type Environment = Readonly<Record<string, string | undefined>>;

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** What is worth a line in the log; `silent` is nothing. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What the environment says. A setting that is not there is undefined, unless it has a default. */
export interface Configuration {
  /** A PostgreSQL server; without it, the embedded one. Holds a password. */
  readonly databaseUrl: string | undefined;
  /** A Redis server; without it, the queue is kept in PostgreSQL. Holds a password. */
  readonly redisUrl: string | undefined;
  /** The folder of the embedded PostgreSQL and of what belongs to it. */
  readonly dataDir: string | undefined;
  /** Where the reporter listens. */
  readonly host: string;
  /** 0 is any free port. */
  readonly port: number;
  /** What callers of the API must show. A secret. */
  readonly apiToken: string | undefined;
  readonly logLevel: LogLevel | undefined;
  /** The commit that this was built from, as the build of an image sets it. */
  readonly commit: string | undefined;
}

/** One variable that is not what it should be. The message never holds its value, which may be a secret. */
export interface ConfigurationFault {
  readonly variable: string;
  readonly message: string;
}

/** The environment is wrong; all that is wrong with it, at once. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly faults: readonly ConfigurationFault[];

  constructor(faults: readonly ConfigurationFault[]) {
    super(faults.map(({ variable, message }) => `${variable}: ${message}`).join('; '));
    this.faults = faults;
  }
}

const SHORTEST_TOKEN = 16;

const url = (schemes: readonly string[], example: string) =>
  z
    .string()
    .refine((text) => URL.canParse(text) && schemes.includes(new URL(text).protocol), {
      error: `expected a URL such as ${example}`,
    })
    .optional();

/** A port as text; 0 is any free one. */
export const port = z
  .string()
  .regex(/^\d{1,5}$/, 'expected a port from 0 to 65535')
  .transform(Number)
  .refine((number) => number <= 65_535, 'expected a port from 0 to 65535');

const VARIABLES = z.object({
  DATABASE_URL: url(['postgres:', 'postgresql:'], 'postgres://host:5432/database'),
  REDIS_URL: url(['redis:', 'rediss:'], 'redis://host:6379/0'),
  DENYSCOPE_DATA_DIR: z.string().optional(),
  DENYSCOPE_HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:_-]+$/, 'expected a host name or an address')
    .default('127.0.0.1'),
  DENYSCOPE_PORT: port.default(8470),
  DENYSCOPE_API_TOKEN: z
    .string()
    .regex(/^[A-Za-z0-9._~+/=-]+$/, 'expected letters, digits and -._~+/= only')
    .min(SHORTEST_TOKEN, `expected at least ${SHORTEST_TOKEN} characters`)
    .optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, { error: `expected one of ${LOG_LEVELS.join(', ')}` }).optional(),
  DENYSCOPE_COMMIT: z
    .string()
    .regex(/^[0-9a-f]{7,64}$/, 'expected the hash of a commit')
    .optional(),
});

/**
 * Reads the settings; an empty variable counts as one that is not there.
 *
 * @throws ConfigurationError
 */
export function readConfiguration(environment: Environment): Configuration {
  const data = readVariables(VARIABLES, environment);
  return {
    databaseUrl: data.DATABASE_URL,
    redisUrl: data.REDIS_URL,
    dataDir: data.DENYSCOPE_DATA_DIR,
    host: data.DENYSCOPE_HOST,
    port: data.DENYSCOPE_PORT,
    apiToken: data.DENYSCOPE_API_TOKEN,
    logLevel: data.LOG_LEVEL,
    commit: data.DENYSCOPE_COMMIT,
  };
}

/**
 * Variables as a schema wants them; an empty one counts as one that is not there.
 *
 * @throws ConfigurationError
 */
export function readVariables<T>(schema: z.ZodType<T>, environment: Environment): T {
  const given = Object.entries(environment).filter(([, value]) => value !== undefined && value !== '');
  const result = schema.safeParse(Object.fromEntries(given));
  if (!result.success) throw new ConfigurationError(faultsOf(result.error));
  return result.data;
}

function faultsOf(error: z.ZodError): readonly ConfigurationFault[] {
  const faults = new Map<string, ConfigurationFault>();
  for (const { path, message } of error.issues) {
    const variable = String(path[0]);
    if (!faults.has(variable)) faults.set(variable, { variable, message });
  }
  return [...faults.values()];
}
