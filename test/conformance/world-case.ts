import { createReadStream } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { buildEstate, loadSnapshot, parseSnapshot, SnapshotError, type Snapshot } from '@denyscope/inventory';
import { compileEstate, explain } from '@denyscope/matrix';
import type { ExplainAnswer, WorldCase } from '@denyscope/model';
import type { Outcome } from './request-case.ts';

interface World {
  readonly takenAt: string;
  readonly estate: ReturnType<typeof compileEstate>;
}

/** The snapshot files read so far, by path: a file of cases asks one organization again and again. */
const worlds = new Map<string, Promise<World>>();

/** Runs one question to a whole snapshot; a file is looked for beside the case file. */
export async function runWorldCase(test: WorldCase, caseFile: string): Promise<Outcome> {
  const world = await worldOrFault(test, caseFile);
  if (world instanceof SnapshotError) return { kind: 'unsupported', reason: `snapshot: ${world.message}` };
  const { takenAt, estate } = world;
  const asked = explain(estate, test.request, { id: test.id, finishedAt: takenAt });
  if (!asked.ok) return { kind: 'unsupported', reason: `${asked.problem.field}: ${asked.problem.message}` };
  return { kind: 'answer', answer: answerOf(test, asked.answer) };
}

/** What a world case expects, in the words of `answerOf`. */
export function expectationOf(test: WorldCase): string {
  return test.blockers ? `${test.expect} blocked by ${listed(test.blockers)}` : test.expect;
}

function answerOf(test: WorldCase, answer: ExplainAnswer): string {
  const blockers = answer.blockers.map((blocker) => blocker.layer);
  return test.blockers ? `${answer.verdict} blocked by ${listed(blockers)}` : answer.verdict;
}

function listed(layers: readonly string[]): string {
  return layers.length === 0 ? 'nothing' : [...new Set(layers)].toSorted().join(' ');
}

/** A snapshot that does not fit the format is one case's fault, and stops no other. */
async function worldOrFault(test: WorldCase, caseFile: string): Promise<World | SnapshotError> {
  try {
    return await worldOf(test, caseFile);
  } catch (error) {
    if (error instanceof SnapshotError) return error;
    throw error;
  }
}

async function worldOf({ snapshot }: WorldCase, caseFile: string): Promise<World> {
  if (typeof snapshot !== 'string') return compiled(parseSnapshot(snapshot));
  const path = resolve(dirname(caseFile), snapshot);
  const world = worlds.get(path) ?? loadSnapshot(createReadStream(path)).then(compiled);
  worlds.set(path, world);
  return world;
}

function compiled({ header, lines }: Snapshot): World {
  return { takenAt: header.takenAt, estate: compileEstate(buildEstate(header, lines)) };
}
