import { type RunRecord } from '@denyscope/store';
import { SingleBar } from 'cli-progress';
import { count } from '../render/statement.ts';
import { type Terminal } from '../terminal.ts';

/** Tells how far a run is. */
export interface RunProgressView {
  readonly show: (run: RunRecord) => void;
  readonly stop: () => void;
}

/** A bar where standard error is a terminal; else a line now and then. */
export function runProgress(terminal: Terminal): RunProgressView {
  const { progress: stream } = terminal;
  return stream === undefined ? lines(terminal) : bar(stream);
}

function bar(stream: NodeJS.WritableStream): RunProgressView {
  const format = 'scanning {bar} {value} of {total} accounts | {said}';
  const drawn = new SingleBar({ stream, clearOnComplete: true, hideCursor: true, format });
  drawn.start(1, 0, { said: 'reading the organization' });
  return {
    show: (run) => {
      const { settled, total } = standOf(run);
      if (run.progress.listed) drawn.setTotal(Math.max(total, 1));
      drawn.update(settled, { said: saidOf(run) });
    },
    stop: () => drawn.stop(),
  };
}

const EVERY_MS = 5_000;

function lines({ err }: Terminal): RunProgressView {
  let told = { text: '', at: -Infinity };
  return {
    show: (run) => {
      const { settled, total } = standOf(run);
      const text = run.progress.listed
        ? `scanning: ${settled} of ${count(total, 'account')}, ${saidOf(run)}`
        : `scanning: ${saidOf(run)}`;
      if (text === told.text || performance.now() - told.at < EVERY_MS) return;
      told = { text, at: performance.now() };
      err(`denyscope: ${text}\n`);
    },
    stop: () => {},
  };
}

function standOf({ progress }: RunRecord): { readonly settled: number; readonly total: number } {
  const { waiting, complete, partial, failed } = progress;
  const settled = complete + partial + failed;
  return { settled, total: settled + waiting };
}

function saidOf({ progress: { listed, waiting, failed, gaps } }: RunRecord): string {
  if (!listed) return 'reading the organization';
  const what = waiting === 0 ? ['publishing'] : [];
  const lost = failed === 0 ? [] : [`${failed} failed`];
  return [...what, ...lost, count(gaps, 'gap')].join(', ');
}
