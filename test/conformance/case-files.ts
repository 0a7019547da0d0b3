import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type CaseKind = 'request' | 'world' | 'public-policy';

/** The files of our own cases of one kind, which their name tells: `public-policy…`, `worlds…`, or else requests. */
export function caseFiles(kind: CaseKind): readonly string[] {
  const files = readdirSync(__dirname).filter((name) => name.endsWith('.jsonl') && kindOf(name) === kind);
  return files.toSorted().map((name) => join(__dirname, name));
}

/** Our own cases of one kind, as JSON. */
export function ownCases(kind: CaseKind): readonly unknown[] {
  const lines = caseFiles(kind).flatMap((file) => readFileSync(file, 'utf8').split('\n'));
  return lines.filter((line) => line !== '').map((line): unknown => JSON.parse(line));
}

function kindOf(name: string): CaseKind {
  if (name.startsWith('public-policy')) return 'public-policy';
  return name.startsWith('worlds') ? 'world' : 'request';
}
