import { type QueueError, type RedisExam } from '@denyscope/queue';
import { type Settings } from './check-environment.ts';
import { type Checked, failed, ok, warning } from './checked.ts';

const QUEUE = 'queue';
const SCHEDULE = 'schedule';

/** The server that keeps the jobs. */
export async function checkQueue({ session }: Settings): Promise<Checked> {
  const { redisUrl } = session.configuration;
  if (redisUrl === undefined) return ok(QUEUE, 'in the database, since REDIS_URL is not set');
  const { QueueError: Fault, examineQueue } = await import('@denyscope/queue');
  try {
    const exam = await examineQueue(redisUrl);
    return exam.kind === 'redis' ? checkRedis(exam) : ok(QUEUE, 'in PostgreSQL');
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return failed(QUEUE, error.message, ADVICE[error.code] ?? 'read the log of the Redis server');
  }
}

const ADVICE: Readonly<Partial<Record<QueueError['code'], string>>> = {
  unreachable: 'start the server, or mend host and port in REDIS_URL; `rediss:` is for TLS only',
  refused:
    'see that the user and the password of REDIS_URL are right, and that the user may run all commands',
  busy: 'wait until the server has loaded its data, or give it more memory',
};

const LOWEST_REDIS = [6, 2] as const;

/** Something that a Redis may be, and what to do about it; without advice it is only told. */
interface Trait {
  readonly is: (exam: RedisExam) => boolean;
  readonly found?: (exam: RedisExam) => string;
  readonly outcome: 'ok' | 'warning' | 'failed';
  readonly advice?: string;
}

const TRAITS: readonly Trait[] = [
  {
    is: ({ version }) => isOlder(version),
    outcome: 'failed',
    advice: `install Redis ${LOWEST_REDIS.join('.')} or a later one`,
  },
  {
    is: ({ isReplica }) => isReplica,
    found: () => 'a replica',
    outcome: 'failed',
    advice: 'name the primary in REDIS_URL',
  },
  {
    is: ({ maxmemoryPolicy: policy }) => policy !== undefined && policy !== 'noeviction',
    found: ({ maxmemoryPolicy }) => `maxmemory-policy ${maxmemoryPolicy ?? ''}`,
    outcome: 'failed',
    advice: 'set `maxmemory-policy noeviction`: this one forgets jobs when memory is short',
  },
  {
    is: ({ persists }) => persists === false,
    found: () => 'keeps nothing over a restart',
    outcome: 'warning',
    advice: 'set `appendonly yes`; a scan that runs goes on without it too, after a while',
  },
  {
    is: ({ persists }) => persists === undefined,
    found: () => 'does not tell whether it keeps jobs over a restart',
    outcome: 'ok',
  },
];

function isOlder(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [lowestMajor, lowestMinor] = LOWEST_REDIS;
  return major < lowestMajor || (major === lowestMajor && minor < lowestMinor);
}

export function checkRedis(exam: RedisExam): Checked {
  const traits = TRAITS.filter(({ is }) => is(exam));
  const found = [`Redis ${exam.version}`, ...traits.flatMap((trait) => trait.found?.(exam) ?? [])].join(', ');
  const advice = traits.flatMap((trait) => trait.advice ?? []);
  if (traits.some(({ outcome }) => outcome === 'failed')) return failed(QUEUE, found, ...advice);
  return advice.length > 0 ? warning(QUEUE, found, ...advice) : ok(QUEUE, found);
}

/** When scans are due, by the configuration of this process. */
export async function checkSchedule({ scanning }: Settings, now: Date): Promise<Checked> {
  const { QueueError: Fault, dueTimes } = await import('@denyscope/queue');
  const { cron, timeZone } = scanning;
  try {
    const [next] = dueTimes(scanning, now, 1);
    const due = next === undefined ? 'never' : `${next.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
    return ok(SCHEDULE, `\`${cron}\` in ${timeZone}, next at ${due}`);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return failed(SCHEDULE, error.message, 'mend DENYSCOPE_CRON: five fields, such as `0 2 * * *`');
  }
}
