import { z } from 'zod';
import { type Environment, port, readVariables } from './configuration.ts';

/** How scans are made, as the environment says. What is undefined has a default where it is used. */
export interface ScanConfiguration {
  /** The role that is entered in every account. */
  readonly roleName: string;
  /** What the role's trust policy asks for. Not to be told. */
  readonly externalId: string | undefined;
  /** Regions to look at; the enabled ones of each account unless given. */
  readonly regions: readonly string[] | undefined;
  /** The Region whose endpoints answer for STS and for global services. It must be enabled in every account. */
  readonly homeRegion: string | undefined;
  /** Accounts that one worker reads at the same time. */
  readonly concurrency: number | undefined;
  /** Calls of AWS that one worker has in flight at the same time, for all accounts together. */
  readonly callsInFlight: number | undefined;
  /** What each rate is multiplied by at which AWS is called at most. */
  readonly rateFactor: number | undefined;
  /** How long a scan may take; what was not read by then is a gap. */
  readonly limitMs: number | undefined;
  /** When the nightly scan begins. */
  readonly cron: string;
  readonly timeZone: string;
  /** Scans that are older than `keepDays` are pruned, but never the last `keepScans`. */
  readonly retention: { readonly keepDays: number; readonly keepScans: number };
  /** Where a worker or a scheduler answers for its health and metrics. */
  readonly port: number | undefined;
}

const list = z
  .string()
  .regex(/^[a-z0-9-]+(?:\s*,\s*[a-z0-9-]+)*$/, 'expected Regions with commas between them')
  .transform((text) => text.split(/\s*,\s*/))
  .optional();

const region = z
  .string()
  .regex(/^[a-z]{2}(?:-[a-z]+)+-\d+$/, 'expected a Region such as eu-west-1')
  .optional();

const upTo999 = z
  .string()
  .regex(/^[1-9]\d{0,2}$/, 'expected a number from 1 to 999')
  .transform(Number)
  .optional();

const isTimeZone = (text: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

const MINUTE_MS = 60_000;

const VARIABLES = z.object({
  DENYSCOPE_ROLE_NAME: z
    .string()
    .regex(/^[\w+=,.@/-]{1,128}$/, 'expected the name of an IAM role')
    .default('DenyscopeScanner'),
  DENYSCOPE_EXTERNAL_ID: z
    .string()
    .regex(/^[\w+=,.@:/-]{2,1224}$/, 'expected 2 to 1224 letters, digits and +=,.@:/-_')
    .optional(),
  DENYSCOPE_REGIONS: list,
  // The names that the AWS SDK and the AWS CLI read.
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  DENYSCOPE_CONCURRENCY: upTo999,
  DENYSCOPE_CALLS_IN_FLIGHT: upTo999,
  DENYSCOPE_RATE_FACTOR: z
    .string()
    .regex(/^(?:0\.\d{0,2}[1-9]|[1-9]\d{0,2}(?:\.\d{1,3})?)$/, 'expected a number from 0.001 to 999')
    .transform(Number)
    .optional(),
  DENYSCOPE_SCAN_LIMIT_MINUTES: z
    .string()
    .regex(/^[1-9]\d{0,4}$/, 'expected minutes, from 1 to 99999')
    .transform((minutes) => Number(minutes) * MINUTE_MS)
    .optional(),
  DENYSCOPE_CRON: z
    .string()
    .regex(/^\S+(?: \S+){4,5}$/, 'expected a cron expression of five or six fields')
    .default('0 2 * * *'),
  DENYSCOPE_TIME_ZONE: z
    .string()
    .refine(isTimeZone, 'expected a time zone such as Europe/Berlin')
    .default('UTC'),
  DENYSCOPE_KEEP_DAYS: z
    .string()
    .regex(/^[1-9]\d{0,4}$/, 'expected a number of days from 1 to 99999')
    .default('400')
    .transform(Number),
  DENYSCOPE_KEEP_SCANS: z
    .string()
    .regex(/^[1-9]\d{0,4}$/, 'expected a number from 1 to 99999')
    .default('10')
    .transform(Number),
  DENYSCOPE_PORT: port.optional(),
});

/**
 * Reads how scans are made.
 *
 * @throws ConfigurationError
 */
export function readScanConfiguration(environment: Environment): ScanConfiguration {
  const data = readVariables(VARIABLES, environment);
  return {
    roleName: data.DENYSCOPE_ROLE_NAME,
    externalId: data.DENYSCOPE_EXTERNAL_ID,
    regions: data.DENYSCOPE_REGIONS,
    homeRegion: data.AWS_REGION ?? data.AWS_DEFAULT_REGION,
    concurrency: data.DENYSCOPE_CONCURRENCY,
    callsInFlight: data.DENYSCOPE_CALLS_IN_FLIGHT,
    rateFactor: data.DENYSCOPE_RATE_FACTOR,
    limitMs: data.DENYSCOPE_SCAN_LIMIT_MINUTES,
    cron: data.DENYSCOPE_CRON,
    timeZone: data.DENYSCOPE_TIME_ZONE,
    retention: { keepDays: data.DENYSCOPE_KEEP_DAYS, keepScans: data.DENYSCOPE_KEEP_SCANS },
    port: data.DENYSCOPE_PORT,
  };
}
