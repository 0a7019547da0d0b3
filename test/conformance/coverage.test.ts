import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { ownCases, type CaseKind } from './case-files.ts';

/**
 * Each of our own cases cites the rows of docs/semantics.md that it rests on, in `because`: `A.8 row 3` is the third
 * row of the tables of A.8, `D.4 point 2` the second point of D.4, `B.7.13` and `I.4` an item of a numbered list.
 * Several are separated by `; `, and what follows a colon and a space is prose.
 */
const citing = z.object({ id: z.string(), because: z.string().min(1) });

const SEMANTICS = readFileSync(resolve(__dirname, '../../docs/semantics.md'), 'utf8').split('\n');

/** Sections that have a table: every row of it wants a case. */
const TABLES = ['A.2', 'A.8', 'A.9', 'B.4', 'C.5', 'C.7', 'D.3'];

/** D.5 is prose: the states in which a key serves nobody. */
const KEY_STATES = [
  'Disabled',
  'PendingDeletion',
  'PendingReplicaDeletion',
  'PendingImport',
  'Unavailable',
  'Creating',
  'Updating',
];

/** C.7 lists in one sentence what makes a policy non-public. */
const PUBLIC_POLICY_CLAUSES = [
  'principal',
  'principal keys',
  'aws:SourceIp',
  'aws:SourceArn',
  'aws:SourceVpc',
  'aws:SourceVpce',
  'aws:SourceOwner',
  'aws:SourceAccount',
  'aws:userid',
  's3:DataAccessPointArn',
  's3:DataAccessPointAccount',
  'keys that do not help',
  'one public statement taints the policy',
  'unsupported action',
];

function numbered(label: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${label} ${index + 1}`);
}

function state(name: string): string {
  return `D.5 ${name}`;
}

function section(heading: string): readonly string[] {
  const start = SEMANTICS.findIndex((line) => line.startsWith(heading));
  const length = SEMANTICS.slice(start + 1).findIndex((line) => line.startsWith('##'));
  return SEMANTICS.slice(start + 1, length < 0 ? undefined : start + 1 + length);
}

/** The rows of a section's tables; a table begins with its heading and a line of dashes. */
function tableRows(name: string): number {
  const lines = section(`### ${name} `).filter((line) => line.startsWith('|'));
  const tables = lines.filter((line) => line.startsWith('|---')).length;
  return lines.length - 2 * tables;
}

function required(): readonly string[] {
  const points = section('### D.4 ').filter((line) => line.startsWith('- ')).length;
  const disputed = section('## I. ').filter((line) => /^\d+\. /.test(line)).length;
  return [
    ...numbered('B.7.', 20).map((label) => label.replace(' ', '')),
    ...TABLES.flatMap((name) => numbered(`${name} row`, tableRows(name))),
    ...PUBLIC_POLICY_CLAUSES.map((clause) => `C.7 ${clause}`),
    ...numbered('D.4 point', points),
    ...KEY_STATES.map(state),
    ...numbered('I.', disputed).map((label) => label.replace(' ', '')),
  ];
}

/** What a case cites, without the prose behind it. */
function citations(because: string): readonly string[] {
  return because.split('; ').map((citation) => citation.replace(/: .*$/, ''));
}

const KINDS: readonly CaseKind[] = ['request', 'world', 'public-policy'];
const CASES = KINDS.flatMap((kind) => ownCases(kind)).map((line) => citing.parse(line));

test('the rows that want a case are read off docs/semantics.md', () => {
  expect(TABLES.map(tableRows)).toEqual([19, 15, 2, 15, 8, 4, 9]);
  expect(required()).toContain('D.4 point 14');
  expect(required()).toContain('I.16');
});

test('every row that wants a case is cited by one', () => {
  const cited = new Set(CASES.flatMap(({ because }) => citations(because)));
  expect(required().filter((row) => !cited.has(row))).toEqual([]);
});

test('no two cases have the same id', () => {
  const ids = CASES.map(({ id }) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

test('the cases are many, and stay so', () => {
  expect(ownCases('request').length).toBeGreaterThan(1_000);
  expect(ownCases('public-policy').length).toBeGreaterThan(100);
});
