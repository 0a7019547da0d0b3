// Writes docs/schema from the schemas of packages/model: `npm run schemas`. With `--check` it writes nothing and
// fails where a file is not as it would be written.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  changesAnswerSchema,
  coverageAnswerSchema,
  explainAnswerSchema,
  explainRequestSchema,
  findingSchema,
  publicPolicyCaseSchema,
  requestCaseSchema,
  snapshotJsonSchemas,
  whoCanAnswerSchema,
  worldCaseSchema,
} from '@denyscope/model';

const FOLDER = fileURLToPath(new URL('../docs/schema', import.meta.url));

/** File → what it describes, and the schema itself. `io: 'input'` leaves objects open: formats only ever grow. */
const ANSWERS = {
  'explain-request': [
    'one question of `explain`: a line of `explain --file`, the body of `POST /v1/explain`',
    explainRequestSchema,
  ],
  'explain-answer': ['the answer to it: verdict, condition, witness, layers, blockers', explainAnswerSchema],
  'who-can-answer': ['the answer of `who-can` and of `GET /v1/buckets/{name}/access`', whoCanAnswerSchema],
  'coverage-answer': ['the answer of `coverage` and of `GET /v1/coverage`', coverageAnswerSchema],
  'changes-answer': ['the answer of `changes` and of `GET /v1/changes`', changesAnswerSchema],
  finding: ['one finding', findingSchema],
  'request-case': [
    'one conformance case: a closed request and the policies that judge it',
    requestCaseSchema,
  ],
  'world-case': ['one conformance case over a whole snapshot', worldCaseSchema],
  'public-policy-case': ['one case of `--public-policy`', publicPolicyCaseSchema],
} as const;

function schemaFiles(): ReadonlyMap<string, string> {
  const snapshot = Object.entries(snapshotJsonSchemas());
  const answers = Object.entries(ANSWERS).map(
    ([name, [, schema]]) => [name, schema.toJSONSchema({ io: 'input' })] as const,
  );
  const schemas = [...snapshot, ...answers].map(
    ([name, schema]) => [`${name}.json`, `${JSON.stringify(schema, null, 2)}\n`] as const,
  );
  return new Map([...schemas, ['README.md', readme(snapshot.map(([name]) => name))]]);
}

function readme(snapshotKinds: readonly string[]): string {
  const kinds = snapshotKinds.map((kind) =>
    kind === 'snapshot'
      ? '| [snapshot.json](snapshot.json) | the first line | [example](examples/snapshot.json) |'
      : `| [${kind}.json](${kind}.json) | a line of kind \`${kind}\` | [example](examples/${kind}.json) |`,
  );
  const others = Object.entries(ANSWERS).map(
    ([name, [what]]) => `| [${name}.json](${name}.json) | ${what} |`,
  );
  return `# JSON Schemas of the stable formats

Written by \`npm run schemas\` from \`packages/model/src/schema\`, where the formats are defined; change them there.
A test fails where this folder is not what that command would write. The schemas are open: a later release may add
fields anywhere, and drops or renames none.

## A snapshot

A snapshot is NDJSON, plain or gzip: one JSON object a line. The first line is a \`snapshot\`, every other line one
resource. \`data\` is what AWS's own API returns, in AWS's spelling. Policy documents may be JSON text, percent-encoded
JSON text (as IAM returns them) or JSON objects.

- A field that a line lacks is **absent** only where the first line's \`collected\` names it for the kind. A field that
  is listed in the line's \`unreadable\`, or that nobody asked for, is **unknown**: every verdict that needs it is
  \`unknown\`. Where \`collected\` does not speak of a kind, fields that come with the resource in one response (those of
  principals and groups in GetAccountAuthorizationDetails, a VPC endpoint's policy) count as asked for.
- Kinds and fields that this release does not know are kept when a snapshot is exported again, and reported once.
- The order of the lines does not matter; an export is sorted by kind, account, Region and id, its keys sorted, its
  policy text as received. Two snapshots are equal where those forms are, \`takenAt\` and \`fetchedAt\` aside.
- Nothing stands twice: bucket names, ARNs of principals and keys, and the ids of accounts, organization nodes,
  organization policies and endpoints are unique in a file; other resources are in their kind, account and Region.
- Numbers are IEEE 754 doubles, text is well-formed and without NUL, and a line nests at most 200 levels deep.

| schema | describes | |
|---|---|---|
${kinds.join('\n')}

## Questions, answers, findings, conformance cases

| schema | describes |
|---|---|
${others.join('\n')}
`;
}

function isStale(file: string, text: string): boolean {
  try {
    return readFileSync(join(FOLDER, file), 'utf8') !== text;
  } catch {
    return true;
  }
}

function write(files: ReadonlyMap<string, string>): void {
  mkdirSync(FOLDER, { recursive: true });
  for (const [file, text] of files) writeFileSync(join(FOLDER, file), text);
}

const files = schemaFiles();
if (process.argv.includes('--check')) {
  const stale = [...files].filter(([file, text]) => isStale(file, text)).map(([file]) => file);
  for (const file of stale) console.error(`docs/schema/${file} is out of date: run \`npm run schemas\``);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  write(files);
}
