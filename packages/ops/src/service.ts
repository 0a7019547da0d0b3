import {
  type Configuration,
  ConfigurationError,
  type Environment,
  readConfiguration,
} from './configuration.ts';
import { type Logger, createLogger } from './logger.ts';
import { type ScanConfiguration, readScanConfiguration } from './scan-configuration.ts';
import { closeOnSignal } from './shutdown.ts';

/** Something that is given back when the process ends. */
export interface Held {
  readonly close: () => Promise<void>;
}

/** What a service process is given. */
export interface Service {
  readonly configuration: Configuration;
  readonly scanning: ScanConfiguration;
  readonly logger: Logger;
  /** Waits for something to open, and closes it at the end: last opened, first closed. */
  readonly hold: <T extends Held>(opening: Promise<T>) => Promise<T>;
}

const GRACE_MS = 20_000;
const WRONG_USAGE = 2;

/**
 * Runs a service until a signal ends it, and ends the process: with 0 after a signal, 2 where the environment is
 * wrong, else 1.
 */
export async function runService(
  name: string,
  environment: Environment,
  start: (service: Service) => Promise<void>,
): Promise<void> {
  try {
    await start(serviceOf(name, environment));
  } catch (error) {
    const said = error instanceof Error ? error.message : 'it did not start';
    process.stderr.write(`denyscope ${name}: ${said}\n`);
    process.exit(error instanceof ConfigurationError ? WRONG_USAGE : 1);
  }
}

function serviceOf(name: string, environment: Environment): Service {
  const configuration = readConfiguration(environment);
  const scanning = readScanConfiguration(environment);
  const { logLevel = 'info', apiToken = '' } = configuration;
  const logger = createLogger({ level: logLevel, name, secrets: [apiToken, scanning.externalId ?? ''] });
  const held: Promise<Held>[] = [];
  closeOnSignal({
    graceMs: GRACE_MS,
    onForced: (why) => logger.error(why),
    close: async ({ signal, error }) => {
      if (error === undefined) logger.info({ signal }, 'stopping');
      else logger.fatal({ err: error }, 'stopping');
      for (const opening of held.splice(0).toReversed()) await closeWhenOpen(opening);
      return error === undefined ? 0 : 1;
    },
  });
  return {
    configuration,
    scanning,
    logger,
    hold: (opening) => {
      held.push(opening);
      return opening;
    },
  };
}

async function closeWhenOpen(opening: Promise<Held>): Promise<void> {
  // What did not open has said so to whoever waits for it.
  const opened = await opening.catch(() => undefined);
  await opened?.close();
}
