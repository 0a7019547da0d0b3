/** The command: flags come in, a snapshot goes to standard output, line by line. */
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import type { SnapshotHeader, SnapshotLine } from '@denyscope/model';
import { demoWorld } from './demo/demo.ts';
import { generateLines } from './generate/generate.ts';
import { isPresetName, PRESETS, type WorldOptions } from './generate/options.ts';
import { AWS_MANAGED_POLICIES } from './managed/catalogue.ts';
import { loadManagedPolicies } from './managed/load.ts';
import { headerOf } from './world.ts';

const USAGE = `usage: npm run -s world -- [--demo] [--preset ${Object.keys(PRESETS).join('|')}] [--seed N]
  [--accounts N] [--buckets N] [--principals N] [--oddity 0..1] [--taken-at TIME] [--managed-policies PATH]
`;

const FLAGS = {
  demo: { type: 'boolean' },
  preset: { type: 'string' },
  seed: { type: 'string' },
  accounts: { type: 'string' },
  buckets: { type: 'string' },
  principals: { type: 'string' },
  oddity: { type: 'string' },
  'taken-at': { type: 'string' },
  'managed-policies': { type: 'string' },
} as const;

type Flags = Readonly<Partial<Record<Exclude<keyof typeof FLAGS, 'demo'>, string>>>;

function numberOf(flags: Flags, name: keyof Flags, fallback: number): number {
  const text = flags[name];
  const value = text === undefined ? fallback : Number(text);
  if (text === '' || !Number.isFinite(value) || value < 0)
    throw new Error(`not a number: \`--${name} ${text ?? ''}\``);
  return value;
}

function optionsOf(flags: Flags): WorldOptions {
  const preset = flags.preset ?? 'small';
  if (!isPresetName(preset)) throw new Error(`no such preset: \`${preset}\``);
  const base: WorldOptions = PRESETS[preset];
  const folder = flags['managed-policies'];
  return {
    ...base,
    seed: numberOf(flags, 'seed', base.seed),
    accounts: Math.max(1, numberOf(flags, 'accounts', base.accounts)),
    bucketsPerAccount: numberOf(flags, 'buckets', base.bucketsPerAccount),
    principalsPerAccount: numberOf(flags, 'principals', base.principalsPerAccount),
    oddity: numberOf(flags, 'oddity', base.oddity),
    takenAt: flags['taken-at'] ?? base.takenAt,
    ...(folder !== undefined && {
      managedPolicies: new Map([...AWS_MANAGED_POLICIES, ...loadManagedPolicies(folder)]),
    }),
  };
}

function* everyLine(header: SnapshotHeader, lines: Iterable<SnapshotLine>): Generator<string> {
  yield `${JSON.stringify(header)}\n`;
  for (const line of lines) yield `${JSON.stringify(line)}\n`;
}

async function write(lines: Iterable<string>): Promise<void> {
  for (const line of lines) {
    if (!process.stdout.write(line)) await once(process.stdout, 'drain');
  }
}

function chosenLines(args: readonly string[]): Iterable<string> {
  const { demo, ...flags } = parseArgs({ args: [...args], options: FLAGS }).values;
  if (demo === true) return everyLine(demoWorld().header, demoWorld().lines);
  const options = optionsOf(flags);
  return everyLine(headerOf(options.takenAt), generateLines(options));
}

/** Wrong flags are wrong usage: status 2, as of every command of ours. */
function linesOrUsage(args: readonly string[]): Iterable<string> {
  try {
    return chosenLines(args);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    process.exitCode = 2;
    return [];
  }
}

// A reader that has seen enough (`| head`) closes the pipe: that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

await write(linesOrUsage(process.argv.slice(2)));
