import { type Configuration, readConfiguration } from '@denyscope/ops';
import { type Terminal } from './terminal.ts';

/** Where the facts are kept: a PostgreSQL server, or the embedded one of a data directory. */
export type Place =
  | { readonly kind: 'server'; readonly databaseUrl: string }
  | { readonly kind: 'embedded'; readonly dataDir: string };

/** One run of the command: what it writes to, what its environment says, and where the facts are. */
export interface Session {
  readonly terminal: Terminal;
  readonly configuration: Configuration;
  readonly output: 'table' | 'json';
  readonly place: Place;
  /** Where files of this installation go, whichever the place. */
  readonly dataDir: string;
  /** Would a command without `--data-dir`, run here, find the same facts? */
  readonly isDefaultPlace: boolean;
}

/** The options that every command has. */
export interface GlobalOptions {
  readonly dataDir?: string;
  readonly output: 'table' | 'json';
}

/** Relative to where the command runs. */
const DATA_DIR = '.denyscope';

/**
 * What is given on the command line goes before the environment: with `--data-dir`, DATABASE_URL is not looked at.
 *
 * @throws ConfigurationError
 */
export function openSession(terminal: Terminal, options: GlobalOptions): Session {
  const configuration = readConfiguration(terminal.environment);
  const { databaseUrl } = configuration;
  const dataDir = options.dataDir ?? configuration.dataDir ?? DATA_DIR;
  const place: Place =
    databaseUrl === undefined || options.dataDir !== undefined
      ? { kind: 'embedded', dataDir }
      : { kind: 'server', databaseUrl };
  const isDefaultPlace = place.kind === 'server' || dataDir === DATA_DIR;
  return { terminal, configuration, output: options.output, place, dataDir, isDefaultPlace };
}

/** Says something to the person, not to the program that reads the data. */
export function notice({ terminal }: Session, text: string): void {
  terminal.err(`denyscope: ${text}\n`);
}
