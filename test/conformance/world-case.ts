import { createReadStream } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { buildEstate, loadSnapshot, parseSnapshot, type Snapshot } from '@denyscope/inventory';
import { compileEstate, explain } from '@denyscope/matrix';
import type { ExplainAnswer, WorldCase } from '@denyscope/model';
import type { Outcome } from './request-case.ts';

/** Runs one question to a whole snapshot; a file is looked for beside the case file. */
export async function runWorldCase(test: WorldCase, caseFile: string): Promise<Outcome> {
  const { header, lines } = await snapshotOf(test, caseFile);
  const scan = { id: test.id, finishedAt: header.takenAt };
  const asked = explain(compileEstate(buildEstate(header, lines)), test.request, scan);
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

async function snapshotOf({ snapshot }: WorldCase, caseFile: string): Promise<Snapshot> {
  if (typeof snapshot !== 'string') return parseSnapshot(snapshot);
  return loadSnapshot(createReadStream(resolve(dirname(caseFile), snapshot)));
}
