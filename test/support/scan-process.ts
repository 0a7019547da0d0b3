import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { SCANNER_ACCESS_KEY_ID, type FakeAws } from '@denyscope/fake-aws';
import { type Ground } from './live-scan.ts';

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));
const CHILD = fileURLToPath(new URL('scan-child.ts', import.meta.url));

/** `worker` reads runs over the demo, `nightly-worker` those that a scheduler begins. */
export type ServiceKind = 'worker' | 'nightly-worker' | 'scheduler';

/** A service in a process of its own. */
export interface ServiceProcess {
  readonly child: ChildProcess;
  /** What it logged so far, a line each. */
  readonly log: readonly string[];
  readonly end: (signal: 'SIGTERM' | 'SIGKILL') => Promise<void>;
}

export interface ProcessGround extends Ground {
  readonly databaseUrl: string;
}

/** Starts a worker or a scheduler, and waits until it is ready. */
export async function serviceProcess(
  kind: ServiceKind,
  ground: ProcessGround,
  aws: Pick<FakeAws, 'url'>,
): Promise<ServiceProcess> {
  const args = ['--conditions=@denyscope/source', '--import', 'tsx', CHILD, kind];
  const child = spawn(process.execPath, args, {
    cwd: REPOSITORY,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      DATABASE_URL: ground.databaseUrl,
      QUEUE_URL: ground.queueUrl,
      QUEUE_PREFIX: ground.queuePrefix,
      AWS_ENDPOINT_URL: aws.url,
      AWS_ACCESS_KEY_ID: SCANNER_ACCESS_KEY_ID,
      AWS_SECRET_ACCESS_KEY: 'any',
      AWS_REGION: 'us-east-1',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    },
  });
  const log: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => log.push(line));
  const said: readonly unknown[] = await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  if (!String(said[0]).startsWith('ready')) throw new Error(`the ${kind} did not start: ${log.join('\n')}`);
  return {
    child,
    log,
    end: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
    },
  };
}
