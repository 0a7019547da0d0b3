import {
  ConfigurationError,
  type ConfigurationFault,
  type Environment,
  type ScanConfiguration,
  readScanConfiguration,
} from '@denyscope/ops';
import { type GlobalOptions, type Session, openSession } from '../session.ts';
import { type Terminal } from '../terminal.ts';
import { type Checked, failed, ok } from './checked.ts';

/** What package.json asks for. */
const LOWEST_NODE = [20, 19] as const;

export function checkNode(version = process.versions.node): Checked {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [lowestMajor, lowestMinor] = LOWEST_NODE;
  if (major > lowestMajor || (major === lowestMajor && minor >= lowestMinor)) return ok('Node', version);
  return failed('Node', version, `install Node ${LOWEST_NODE.join('.')} or a later one`);
}

/** The environment as it was read. */
export interface Settings {
  readonly session: Session;
  readonly scanning: ScanConfiguration;
}

/** Reads all of the environment, and tells all that is wrong with it at once. */
export function readSettings(
  terminal: Terminal,
  options: GlobalOptions,
): { readonly settings: Settings } | { readonly faults: readonly ConfigurationFault[] } {
  const faults = new Map<string, ConfigurationFault>();
  const attempt = <T>(read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      for (const fault of error.faults) faults.set(fault.variable, fault);
      return undefined;
    }
  };
  const session = attempt(() => openSession(terminal, options));
  const scanning = attempt(() => readScanConfiguration(terminal.environment));
  return session === undefined || scanning === undefined
    ? { faults: [...faults.values()] }
    : { settings: { session, scanning } };
}

export function checkConfiguration(environment: Environment, faults: readonly ConfigurationFault[]): Checked {
  const names = Object.keys(environment)
    .filter((name) => OURS.test(name))
    .toSorted();
  if (faults.length > 0) {
    const said = faults.map(({ variable, message }) => `${variable}: ${message}`);
    return failed('configuration', said.join('\n'), 'set these variables anew, or unset them');
  }
  return ok('configuration', names.length === 0 ? 'defaults only' : names.join(', '));
}

const OURS = /^(?:DENYSCOPE_|DATABASE_URL$|REDIS_URL$|LOG_LEVEL$)/;
