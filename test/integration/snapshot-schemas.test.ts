import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildEstate, parseSnapshot } from '@denyscope/inventory';
import { checkSnapshotHeader, checkSnapshotLine, SNAPSHOT_KINDS } from '@denyscope/model';

const ROOT = join(__dirname, '../..');
const EXAMPLES = join(ROOT, 'docs/schema/examples');
const exampleOf = (kind: string): unknown => JSON.parse(readFileSync(join(EXAMPLES, `${kind}.json`), 'utf8'));
const KINDS = Object.keys(SNAPSHOT_KINDS);

test('docs/schema is what `npm run schemas` would write', async () => {
  const script = [
    '--conditions=@denyscope/source',
    '--import',
    'tsx',
    'scripts/publish-schemas.ts',
    '--check',
  ];
  await expect(promisify(execFile)(process.execPath, script, { cwd: ROOT })).resolves.toMatchObject({
    stderr: '',
  });
}, 30_000);

test('every kind has an example, and every example a kind', () => {
  const files = readdirSync(EXAMPLES).map((file) => file.replace('.json', ''));
  expect(files.toSorted()).toEqual([...KINDS, 'snapshot'].toSorted());
});

test('the example of the first line is one', () => {
  expect(checkSnapshotHeader(exampleOf('snapshot'))).toEqual({ header: exampleOf('snapshot') });
});

test.each(KINDS)('the example of a %s fits the format', (kind) => {
  expect(checkSnapshotLine(exampleOf(kind))).toEqual({ line: exampleOf(kind) });
  expect(exampleOf(kind)).toMatchObject({ kind });
});

test('together the examples are a snapshot of which this release reads every field', () => {
  const { header, lines, notes } = parseSnapshot(['snapshot', ...KINDS].map(exampleOf));
  const estate = buildEstate(header, lines);
  expect(notes).toEqual([]);
  expect(estate.gaps.map(({ step }) => step)).toEqual(['kms:ListKeys']);
  expect([...estate.principals.keys()]).toEqual([
    'arn:aws:iam::111122223333:user/ana',
    'arn:aws:iam::111122223333:role/app/report-reader',
  ]);
});
