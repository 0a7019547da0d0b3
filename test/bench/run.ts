/**
 * The benchmarks: `npm run bench`, or `npm run bench -- engine` and the like for some parts of it. One table of one
 * run; docs/bench.md says what each row is. No row has a limit: compare with a run of the same machine, before and
 * after a change.
 */
import { generateWorld, PRESETS } from '@denyscope/worlds';
import { type Compared } from './compared.ts';
import { measureEngine } from './engine.ts';
import { measureGuarded } from './guarded.ts';
import { measureQuestions } from './questions.ts';
import { tableOf, type Row } from './row.ts';
import { readArguments, SCAN_USAGE } from './scan/flags.ts';
import { Stopped } from './scan/holding.ts';
import { measureScan } from './scan/scan.ts';
import { SCAN_NOTES } from './scan/scan-rows.ts';
import { measureSizes } from './sizes.ts';
import { measureSnapshot } from './snapshot.ts';
import { measureStore } from './store.ts';

/** What the numbers behind measures stand for; some are known only once it was measured. */
const notes = new Map<number, string>([
  [
    2,
    'Ours: policies compiled before. The peer keeps nothing between calls; it is given parsed objects, and validates and loads them in each call.',
  ],
  [
    3,
    'Both start from policy text: ours parses, checks and compiles; the peer gets JSON.parse and its own validation.',
  ],
  [
    6,
    'Ours: the same callers and actions, on any object, over any network. The peer: the closed requests, since it has nothing that decides open ones with all blockers.',
  ],
  [7, 'Peer: the same lines as canonical JSON, uncompressed.'],
  [8, 'Peer: JSON.parse of each line, which checks nothing.'],
  [9, 'Files of the packages that the lockfile does not mark as development, as installed on this platform.'],
  ...SCAN_NOTES,
]);

function agreementNote({ drawn, same, refused, disagreed, answers }: Compared): string {
  const kinds = [...answers].map(([answer, count]) => `${count} ${answer}`).join(', ');
  return `Of ${drawn} requests drawn, ${same.length} were timed, on which both agree (${kinds}); the peer refused ${refused}, and ${disagreed.length} differ.`;
}

function report({ disagreed }: Compared): void {
  for (const line of disagreed) process.stderr.write(`differs: ${line}\n`);
}

async function engine(): Promise<readonly Row[]> {
  const guarded = await measureGuarded();
  const drawn = await measureEngine(generateWorld({ ...PRESETS.small, oddity: 0 }));
  const peer = 'Peer: @cloud-copilot/iam-simulate, on the same thread and in turns.';
  notes.set(1, `${peer} The policies of a generated organization. ${agreementNote(drawn.compared)}`);
  notes.set(
    4,
    `${peer} 5 identity policies, SCPs at 3 levels, an RCP, a bucket policy of 8 statements. ${agreementNote(guarded.compared)}`,
  );
  const isQuick = guarded.unchecked === guarded.compared.same.length;
  notes.set(
    5,
    `Ours: policies compiled before. The peer is given parsed objects; ${isQuick ? 'its runUnsafeSimulation, which leaves out validation, was timed.' : `its runUnsafeSimulation, which leaves out validation, answers ${guarded.unchecked} of these requests and throws on the others, so runSimulation was timed.`}`,
  );
  report(guarded.compared);
  report(drawn.compared);
  return [...guarded.rows, ...drawn.rows];
}

type Measure = () => readonly Row[] | Promise<readonly Row[]>;

const args = argumentsOrUsage();

const PARTS: ReadonlyMap<string, Measure> = new Map<string, Measure>([
  ['engine', engine],
  ['snapshot', async () => [await measureSnapshot(generateWorld(PRESETS.medium))]],
  ['questions', () => measureQuestions(generateWorld(PRESETS.small), generateWorld(PRESETS.medium))],
  ['store', () => measureStore(generateWorld(PRESETS.medium))],
  ['scan', () => measureScan(args.scan)],
  ['sizes', measureSizes],
]);

/** Takes long: only where it is asked for by name. */
const LONG: ReadonlySet<string> = new Set(['scan']);

const unknown = args.parts.filter((name) => !PARTS.has(name));
if (unknown.length > 0) {
  wrongUsage(`no part \`${unknown.join(' ')}\`; there are: ${[...PARTS.keys()].join(', ')}`);
}

const rows: Row[] = [];
for (const [name, measure] of PARTS) {
  if (args.parts.length > 0 ? !args.parts.includes(name) : LONG.has(name)) continue;
  process.stderr.write(`${name} …\n`);
  rows.push(...(await orStopped(measure)));
}
const cited = new Set(rows.flatMap((row) => row.notes ?? []));
const lines = [...cited].toSorted((a, b) => a - b).map((note) => `[${note}] ${notes.get(note) ?? ''}`);
process.stdout.write(`${tableOf(rows)}\n\n${lines.join('\n')}\n`);

function argumentsOrUsage(): ReturnType<typeof readArguments> {
  try {
    return readArguments(process.argv.slice(2));
  } catch (error) {
    return wrongUsage(error instanceof Error ? error.message : String(error));
  }
}

function wrongUsage(problem: string): never {
  process.stderr.write(`${problem}\n${SCAN_USAGE}\n`);
  process.exit(2);
}

/** Ctrl-C ends the program as a shell expects it, once everything was given back. */
async function orStopped(measure: Measure): Promise<readonly Row[]> {
  try {
    return await measure();
  } catch (error) {
    if (error instanceof Stopped) process.exit(130);
    throw error;
  }
}
