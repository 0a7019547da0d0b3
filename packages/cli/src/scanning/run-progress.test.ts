import { PassThrough } from 'node:stream';
import { type RunProgress, type RunRecord } from '@denyscope/store';
import { keptTerminal } from '../terminal.fixture.ts';
import { runProgress } from './run-progress.ts';

const NOTHING: RunProgress = {
  listed: false,
  waiting: 0,
  complete: 0,
  partial: 0,
  failed: 0,
  skipped: 0,
  gaps: 0,
};

function run(progress: Partial<RunProgress>): RunRecord {
  return {
    id: 1,
    status: 'running',
    header: { kind: 'snapshot', format: 'denyscope/1', takenAt: '2026-11-22T02:00:00Z', source: 'aws' },
    scope: {},
    startedAt: '2026-11-22T02:00:00Z',
    progressedAt: '2026-11-22T02:00:00Z',
    finishedAt: undefined,
    reason: undefined,
    scanId: undefined,
    progress: { ...NOTHING, ...progress },
  };
}

test('without a terminal, progress is a line now and then', () => {
  const terminal = keptTerminal();
  const view = runProgress(terminal);
  for (let time = 0; time < 3; time += 1) view.show(run({}));
  view.stop();
  expect(terminal.said.err).toBe('denyscope: scanning: reading the organization\n');
});

test.each([
  [{ listed: true, waiting: 3, complete: 1 }, 'scanning: 1 of 4 accounts, 0 gaps'],
  [{ listed: true, waiting: 1, failed: 2, gaps: 2 }, 'scanning: 2 of 3 accounts, 2 failed, 2 gaps'],
  [{ listed: true, partial: 1, gaps: 1 }, 'scanning: 1 of 1 account, publishing, 1 gap'],
])('%j is told as `%s`', (progress, said) => {
  const terminal = keptTerminal();
  runProgress(terminal).show(run(progress));
  expect(terminal.said.err).toBe(`denyscope: ${said}\n`);
});

test('on a terminal, progress is a bar, and no line', () => {
  const terminal = keptTerminal({ progress: new PassThrough() });
  const view = runProgress(terminal);
  view.show(run({ listed: true, waiting: 3 }));
  view.stop();
  expect(terminal.said.err).toBe('');
});
