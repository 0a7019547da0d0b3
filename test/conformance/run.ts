/**
 * Replays conformance cases (formats.md section 2): `npm run -s conformance -- [--public-policy] FILE…`. A line for
 * each miss, `N passed, N failed, N skipped` alone on the last, exit status 0 only where nothing failed.
 */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { compilePolicy, isPublicPolicy } from '@denyscope/engine';
import { firstFault, publicPolicyCaseSchema, requestCaseSchema, worldCaseSchema } from '@denyscope/model';
import { KNOWN_GAPS } from './known-gaps.ts';
import { meets, runRequestCase, type Outcome } from './request-case.ts';
import { expectationOf, runWorldCase } from './world-case.ts';

/** One case, run: what it was to give, and what it gave. */
interface Run {
  readonly id: string;
  readonly expected: string;
  readonly outcome: Outcome;
  readonly met: boolean;
}

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

class CaseFileError extends Error {}

async function main(args: readonly string[]): Promise<number> {
  const files = args.filter((arg) => !arg.startsWith('--'));
  const flags = args.filter((arg) => arg.startsWith('--'));
  if (files.length === 0 || flags.some((flag) => flag !== '--public-policy')) {
    process.stderr.write('usage: npm run -s conformance -- [--public-policy] FILE…\n');
    return 2;
  }
  const tally: Tally = { passed: 0, failed: 0, skipped: 0 };
  for (const file of files) await runFile(file, flags.length > 0, tally);
  process.stdout.write(`${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped\n`);
  return tally.failed === 0 ? 0 : 1;
}

async function runFile(file: string, publicPolicies: boolean, tally: Tally): Promise<void> {
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    number++;
    if (line.trim() === '') continue;
    const where = `${file}: line ${number}`;
    try {
      const json = parseLine(line, where);
      report(publicPolicies ? runPublicPolicy(json, where) : await runCase(json, where, file), tally);
    } catch (error) {
      // A line that is no case is a fault of the file, and stops no other case of it.
      if (!(error instanceof CaseFileError)) throw error;
      tally.failed++;
      process.stderr.write(`${error.message}\n`);
    }
  }
}

function parseLine(line: string, where: string): unknown {
  try {
    const json: unknown = JSON.parse(line);
    return json;
  } catch (error) {
    throw new CaseFileError(`${where}: ${error instanceof Error ? error.message : 'not JSON'}`);
  }
}

async function runCase(json: unknown, where: string, file: string): Promise<Run> {
  const isWorld = typeof json === 'object' && json !== null && 'snapshot' in json;
  if (isWorld) {
    const test = checked(worldCaseSchema.safeParse(json), where);
    const outcome = await runWorldCase(test, file);
    const expected = expectationOf(test);
    return { id: test.id, expected, outcome, met: outcome.kind === 'answer' && outcome.answer === expected };
  }
  const test = checked(requestCaseSchema.safeParse(json), where);
  const outcome = runRequestCase(test);
  const met = outcome.kind === 'answer' && meets(test.expect, outcome.answer);
  return { id: test.id, expected: test.expect, outcome, met };
}

function runPublicPolicy(json: unknown, where: string): Run {
  const test = checked(publicPolicyCaseSchema.safeParse(json), where);
  const text = typeof test.policy === 'string' ? test.policy : JSON.stringify(test.policy);
  const answer = isPublicPolicy(compilePolicy(text, 'resource')) ? 'public' : 'non-public';
  return {
    id: test.id,
    expected: test.expect,
    outcome: { kind: 'answer', answer },
    met: answer === test.expect,
  };
}

type Checked<T> = { success: true; data: T } | { success: false; error: Parameters<typeof firstFault>[0] };

function checked<T>(result: Checked<T>, where: string): T {
  if (result.success) return result.data;
  const fault = firstFault(result.error);
  throw new CaseFileError(`${where}: ${fault.path}: ${fault.message}`);
}

function report(run: Run, tally: Tally): void {
  const gap = KNOWN_GAPS.get(run.id);
  if (run.met && gap === undefined) {
    tally.passed++;
  } else if (run.met) {
    tally.failed++;
    process.stdout.write(`FAIL ${run.id}: a known gap passes now, take it off the list: ${String(gap)}\n`);
  } else if (gap !== undefined) {
    tally.skipped++;
  } else if (run.outcome.kind === 'unsupported') {
    // Refused is not answered wrongly: it counts as skipped, with its reason.
    tally.skipped++;
    process.stdout.write(`UNSUPPORTED ${run.id}: ${run.outcome.reason}\n`);
  } else {
    tally.failed++;
    process.stdout.write(`FAIL ${run.id}: expected ${run.expected}, got ${run.outcome.answer}\n`);
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Error && 'code' in error)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
