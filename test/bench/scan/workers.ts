import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { SCANNER_ACCESS_KEY_ID } from '@denyscope/fake-aws';
import { endOf } from './child.ts';
import { Stopped, type Holding } from './holding.ts';

/** The repository, in which the program was built. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Without a bound V8 takes what the machine has before it cleans up. A smaller bound for what is young costs time. */
export const HEAP_FLAGS = ['--max-old-space-size=256'];

/** What is shown of a line of a worker's log: enough to tell what it is about, without the stack. */
const LONGEST_LINE = 400;

/** What every process that scans is told about AWS: a fake, and any secret. */
export function environmentOf(awsUrl: string): NodeJS.ProcessEnv {
  return {
    AWS_ENDPOINT_URL: awsUrl,
    AWS_ACCESS_KEY_ID: SCANNER_ACCESS_KEY_ID,
    AWS_SECRET_ACCESS_KEY: 'any',
    AWS_REGION: 'us-east-1',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}

/** How much one process does at the same time. */
export interface Load {
  /** Accounts that it reads. */
  readonly concurrency: number;
  /** Calls that it has in flight, for all accounts together. */
  readonly inFlight: number;
}

export interface WorkerGround {
  readonly databaseUrl: string;
  /** Without one, the queue is kept in the database. */
  readonly redisUrl: string | undefined;
  readonly awsUrl: string;
  readonly load: Load;
}

/** Starts a built worker, and waits until it takes jobs; gives its process id. */
export async function startWorker(ground: WorkerGround, { hold, signal }: Holding): Promise<number> {
  const { REDIS_URL: _, ...environment } = process.env;
  const child = spawn(process.execPath, [...HEAP_FLAGS, 'services/worker/dist/main.js'], {
    cwd: ROOT,
    // Its own group keeps Ctrl-C from it: this process ends it, in order.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...environment,
      ...environmentOf(ground.awsUrl),
      DATABASE_URL: ground.databaseUrl,
      ...(ground.redisUrl !== undefined && { REDIS_URL: ground.redisUrl }),
      DENYSCOPE_CONCURRENCY: String(ground.load.concurrency),
      DENYSCOPE_CALLS_IN_FLIGHT: String(ground.load.inFlight),
      DENYSCOPE_PORT: '0',
      LOG_LEVEL: 'info',
    },
  });
  // Once somebody wants no more of it, there is nothing to wait for, and Ctrl-C may have ended Redis before.
  await hold(Promise.resolve(child), () => endOf(child, signal.aborted ? 'SIGKILL' : 'SIGTERM'));
  const log = createInterface({ input: child.stderr });
  await new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`a worker ended with status ${String(code)}`)));
    signal.addEventListener('abort', () => reject(new Stopped('stopped before it was ready')), {
      once: true,
    });
    log.on('line', (line) => {
      if (line.includes('"msg":"ready"')) resolve();
      // A scan of a clean organization has nothing to warn of.
      if (!line.includes('"level":"info"') && !signal.aborted)
        process.stderr.write(`  a worker says: ${line.slice(0, LONGEST_LINE)}\n`);
    });
  });
  return child.pid ?? 0;
}
