import { type RoleOptions } from '@denyscope/collect';
import { type Lifetime } from '../lifetime.ts';
import { type GlobalOptions } from '../session.ts';
import { holdStore } from '../store.ts';
import { type Terminal } from '../terminal.ts';
import { checkDatabase } from './check-database.ts';
import { type Settings, checkConfiguration, checkNode, readSettings } from './check-environment.ts';
import { checkCredentials, checkOrganization, withoutCredentials } from './check-organization.ts';
import { checkQueue, checkSchedule } from './check-queue.ts';
import { checkRoles, sampleOf } from './check-roles.ts';
import { checkScans } from './check-scans.ts';
import { type Checked, notChecked } from './checked.ts';

/** How to look. */
export interface DoctorOptions {
  readonly roleName?: string;
  readonly externalId?: string;
  /** Accounts to enter; a sample of those that are active unless given. */
  readonly accounts?: readonly string[];
  /** Every active account. */
  readonly all?: true;
}

/** The environment, before anything is opened. */
export function examineEnvironment(terminal: Terminal, options: GlobalOptions) {
  const read = readSettings(terminal, options);
  const faults = 'faults' in read ? read.faults : [];
  const rest = faults.length === 0 ? [] : [notChecked('the rest', 'the environment must be mended first')];
  const checked = [checkNode(), checkConfiguration(terminal.environment, faults), ...rest];
  return { checked, settings: 'settings' in read ? read.settings : undefined };
}

/** Everything else, one after another as it is found out. Nothing is changed anywhere. */
export async function* examinations(
  settings: Settings,
  options: DoctorOptions,
  lifetime: Lifetime,
): AsyncGenerator<Checked> {
  const { session } = settings;
  const database = await checkDatabase(session, lifetime);
  yield* database.checked;
  yield await checkQueue(settings);
  yield await checkSchedule(settings, new Date());
  yield* examineAws(settings, options, lifetime);
  if (!database.isCurrent) {
    yield notChecked('scans', 'there is no database of this release yet');
    return;
  }
  yield* await checkScans(await holdStore(session, lifetime), settings, new Date());
}

/** A call is given up sooner than in a scan: somebody waits. */
const DEADLINE_MS = 60_000;
const ATTEMPTS = 3;

async function* examineAws(
  settings: Settings,
  options: DoctorOptions,
  lifetime: Lifetime,
): AsyncGenerator<Checked> {
  const { sharedHttpHandler } = await import('@denyscope/collect');
  const handler = sharedHttpHandler();
  await lifetime.hold(Promise.resolve({ close: async () => handler.destroy() }));
  const { session, scanning } = settings;
  const { homeRegion } = scanning;
  const collecting = { handler, homeRegion, deadlineMs: DEADLINE_MS, maxAttempts: ATTEMPTS };
  const { checked, caller } = await checkCredentials(collecting, session.terminal.environment);
  yield checked;
  if (caller === undefined) {
    yield* [...withoutCredentials(), notChecked('role', 'there are no credentials')];
    return;
  }
  const organization = await checkOrganization(collecting, caller);
  yield* organization.checked;
  const { active, managementAccountId } = organization;
  const accounts = options.accounts ?? (options.all ? active : sampleOf(active, managementAccountId));
  const role = await roleOf(options, settings);
  yield* await checkRoles({ collecting, role, caller, accounts, total: active.length });
}

async function roleOf(options: DoctorOptions, { scanning }: Settings): Promise<RoleOptions> {
  const { sessionPolicy } = await import('@denyscope/collect');
  return {
    roleName: options.roleName ?? scanning.roleName,
    externalId: options.externalId ?? scanning.externalId,
    sessionName: 'denyscope-doctor',
    sessionPolicy: sessionPolicy(),
  };
}
