/**
 * The benchmarks: `npm run bench`. One table of one run, in about a minute; docs/bench.md says what each row is. No
 * row has a limit: compare with a run of the same machine, before and after a change.
 */
import { generateWorld, PRESETS } from '@denyscope/worlds';
import { measureEngine, type EngineResult } from './engine.ts';
import { measureQuestions } from './questions.ts';
import { tableOf, type Row } from './row.ts';
import { measureSizes } from './sizes.ts';
import { measureSnapshot } from './snapshot.ts';
import { measureStore } from './store.ts';

const small = generateWorld(PRESETS.small);
const medium = generateWorld(PRESETS.medium);

async function step<T>(name: string, work: () => T | Promise<T>): Promise<T> {
  process.stderr.write(`${name} …\n`);
  return work();
}

function notesOf({ drawn, refused, disagreed }: EngineResult): readonly string[] {
  const timed = drawn - refused - disagreed.length;
  return [
    `Peer: @cloud-copilot/iam-simulate, runSimulation. Of ${drawn} requests drawn from a generated world, ${timed} were timed, on which both agree; the peer refused ${refused}, and ${disagreed.length} differ.`,
    'Ours: policies compiled before. The peer keeps nothing between calls; it is given parsed objects, and validates and loads them in each call.',
    'Both start from policy text: ours parses, checks and compiles; the peer gets JSON.parse and its own validation.',
    'Peer: the same lines as canonical JSON, uncompressed.',
    'Peer: JSON.parse of each line, which checks nothing.',
    'Files of the packages that the lockfile does not mark as development, as installed on this platform.',
  ].map((note, place) => `[${place + 1}] ${note}`);
}

const engine = await step('engine', () => measureEngine(generateWorld({ ...PRESETS.small, oddity: 0 })));
const snapshot = await step('snapshot', () => measureSnapshot(medium));
const questions = await step('questions', () => measureQuestions(small, medium));
const store = await step('store', () => measureStore(medium));
const rows: readonly Row[] = [...engine.rows, snapshot, ...questions, ...store, ...measureSizes()];

for (const line of engine.disagreed) process.stderr.write(`differs: ${line}\n`);
process.stdout.write(`${tableOf(rows)}\n\n${notesOf(engine).join('\n')}\n`);
