import { SingleBar } from 'cli-progress';
import { type Input } from './input.ts';
import { type Terminal } from './terminal.ts';

/** A line on the terminal that moves while a file is read. */
export interface Progress {
  /** The input, watched as it is read. */
  readonly chunks: AsyncIterable<Uint8Array>;
  readonly lines: (count: number) => void;
  readonly stop: () => void;
}

/** Draws how much of an input was read; nothing where standard error is no terminal. */
export function showProgress(terminal: Terminal, input: Input): Progress {
  const { progress: stream } = terminal;
  if (stream === undefined) return { chunks: input.chunks, lines: () => {}, stop: () => {} };
  const known = input.size !== undefined && input.size > 0;
  const bar = new SingleBar({
    stream,
    clearOnComplete: true,
    hideCursor: true,
    format: known ? 'importing {bar} {percentage}% | {lines} lines' : 'importing | {lines} lines',
  });
  bar.start(known ? input.size : 1, 0, { lines: 0 });
  return {
    chunks: watched(input.chunks, (bytes) => (known ? bar.increment(bytes) : undefined)),
    lines: (lines) => bar.update({ lines }),
    stop: () => bar.stop(),
  };
}

async function* watched(
  chunks: AsyncIterable<Uint8Array>,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    onBytes(chunk.length);
    yield chunk;
  }
}
