import { type Environment } from '@denyscope/ops';
import { codeOf } from './error-code.ts';

/** What a run of the command reads from and writes to. */
export interface Terminal {
  /** Data, to standard output; resolves when it was taken. Throws OutputClosed when nobody reads any more. */
  readonly out: (text: string) => Promise<void>;
  /** What a person should know, to standard error. */
  readonly err: (text: string) => void;
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Is standard output a terminal? Then tables fit its width, and there may be colours. */
  readonly isInteractive: boolean;
  /** Where progress can be drawn: standard error, where it is a terminal. */
  readonly progress: NodeJS.WritableStream | undefined;
  readonly columns: number | undefined;
  readonly environment: Environment;
}

/** Whoever read standard output has gone, as `head` does when it has enough: no fault. */
export class OutputClosed extends Error {
  override readonly name = 'OutputClosed';

  constructor() {
    super('standard output was closed');
  }
}

type Streams = Pick<NodeJS.Process, 'stdin' | 'stdout' | 'stderr' | 'env'>;

export function processTerminal({ stdin, stdout, stderr, env }: Streams): Terminal {
  // The one who writes hears of it; without a listener, Node would end the process with a stack.
  stdout.on('error', () => {});
  stderr.on('error', () => {});
  return {
    out: (text) =>
      new Promise((resolve, reject) => {
        stdout.write(text, (error) => (error ? reject(outputFault(error)) : resolve()));
      }),
    err: (text) => void stderr.write(text),
    stdin,
    isInteractive: stdout.isTTY,
    progress: stderr.isTTY ? stderr : undefined,
    columns: stdout.isTTY ? stdout.columns : undefined,
    environment: env,
  };
}

function outputFault(error: Error): Error {
  return codeOf(error) === 'EPIPE' ? new OutputClosed() : error;
}
