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
  /** Accounts that one worker reads at the same time. */
  readonly concurrency: number | undefined;
  /** When the nightly scan begins. */
  readonly cron: string;
  readonly timeZone: string;
  /** Where a worker or a scheduler answers for its health and metrics. */
  readonly port: number | undefined;
}

const list = z
  .string()
  .regex(/^[a-z0-9-]+(?:\s*,\s*[a-z0-9-]+)*$/, 'expected Regions with commas between them')
  .transform((text) => text.split(/\s*,\s*/))
  .optional();

const isTimeZone = (text: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

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
  DENYSCOPE_CONCURRENCY: z
    .string()
    .regex(/^[1-9]\d{0,2}$/, 'expected a number from 1 to 999')
    .transform(Number)
    .optional(),
  DENYSCOPE_CRON: z
    .string()
    .regex(/^\S+(?: \S+){4,5}$/, 'expected a cron expression of five or six fields')
    .default('0 2 * * *'),
  DENYSCOPE_TIME_ZONE: z
    .string()
    .refine(isTimeZone, 'expected a time zone such as Europe/Berlin')
    .default('UTC'),
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
    concurrency: data.DENYSCOPE_CONCURRENCY,
    cron: data.DENYSCOPE_CRON,
    timeZone: data.DENYSCOPE_TIME_ZONE,
    port: data.DENYSCOPE_PORT,
  };
}
