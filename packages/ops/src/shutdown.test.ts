import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const SHUTDOWN = pathToFileURL(`${import.meta.dirname}/shutdown.ts`).href;

/** A process that takes `closeMs` to close, and then ends with status 7. */
const program = (closeMs: number): string => `
  import { closeOnSignal } from ${JSON.stringify(SHUTDOWN)};
  closeOnSignal({
    graceMs: 1500,
    onForced: (why) => console.log(why),
    close: async ({ signal }) => {
      console.log('closing for ' + signal);
      await new Promise((resolve) => setTimeout(resolve, ${closeMs}));
      return 7;
    },
  });
  setInterval(() => {}, 1000);
  console.log('ready');
`;

async function run(closeMs: number, signalsAtMs: readonly number[]) {
  const args = ['--import', TSX, '--input-type=module', '--eval', program(closeMs)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (data) => (output += String(data)));
  await once(child.stdout, 'data');
  const timers = signalsAtMs.map((at) => setTimeout(() => child.kill('SIGINT'), at));
  const status = await once(child, 'close').then(([code]: unknown[]) => code);
  timers.forEach(clearTimeout);
  return { status, output };
}

describe('closeOnSignal', () => {
  test('closes at the first signal and ends with the status that closing gave', async () => {
    expect(await run(10, [0])).toEqual({ status: 7, output: 'ready\nclosing for SIGINT\n' });
  });

  test('takes signals that come together for one', async () => {
    expect(await run(300, [0, 20, 40])).toEqual({ status: 7, output: 'ready\nclosing for SIGINT\n' });
  });

  test('ends at once at a second signal', async () => {
    const { status, output } = await run(1400, [0, 700]);
    expect({ status, output }).toEqual({
      status: 130,
      output: 'ready\nclosing for SIGINT\nsecond SIGINT\n',
    });
  });

  test('does not wait for ever', async () => {
    expect(await run(60_000, [0])).toEqual({
      status: 1,
      output: 'ready\nclosing for SIGINT\nclosing took too long\n',
    });
  });
});
