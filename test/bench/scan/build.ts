import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ROOT } from './workers.ts';

/** Builds the programs that are measured: `npm run build`. */
export async function build(signal: AbortSignal): Promise<void> {
  const child = spawn('npm', ['run', '--silent', 'build'], { cwd: ROOT, stdio: ['ignore', 2, 2], signal });
  const ended: readonly unknown[] = await once(child, 'exit');
  if (ended[0] !== 0) throw new Error('`npm run build` failed');
}
