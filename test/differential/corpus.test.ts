import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { requestCaseSchema, type RequestCase } from '@denyscope/model';
import { judge } from '@denyscope/spec';
import { runRequestCase } from '../conformance/request-case.ts';

// Cases on which the engine and the specification once parted, minimized; `features` names the row of semantics.md
// that decided. A new difference starts as a file here.
const CORPUS = resolve(__dirname, '../corpus');

function caseIn(file: string): RequestCase {
  return requestCaseSchema.parse(JSON.parse(readFileSync(join(CORPUS, file), 'utf8')));
}

const files = readdirSync(CORPUS).filter((file) => file.endsWith('.json'));

test.each(files)('engine and specification agree on %s', (file) => {
  const kept = caseIn(file);
  expect(`${kept.id}.json`).toBe(file);
  expect(judge(kept).verdict).toBe(kept.expect);
  expect(runRequestCase(kept)).toEqual({ kind: 'answer', answer: kept.expect });
});
