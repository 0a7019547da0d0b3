import { type SnapshotLine } from '@denyscope/model';
import { type ClientBase } from 'pg';
import {
  type ChangeFilter,
  type ChangeStore,
  type ComparedFacts,
  type FactPair,
  type StoredChanges,
} from './changes.ts';
import { readCursor } from './cursor.ts';
import { StoreError } from './error.ts';
import { lineOf } from './fact-text.ts';
import { documentLibrary, lineReader } from './read-scan.ts';
import { headerOf, noSuchScan, scanByQuery, scanById } from './scans.ts';
import { type Sessions } from './sessions.ts';
import * as sql from './sql/changes-sql.ts';

export function changeStoreOf(sessions: Sessions): ChangeStore {
  const { use } = sessions;
  return {
    scanAsOf: (moment) => use((client) => scanByQuery(client, sql.SCAN_AS_OF, [moment])),
    firstScan: () => use((client) => scanByQuery(client, sql.FIRST_SCAN)),
    scanBefore: (id) => use((client) => scanByQuery(client, sql.SCAN_BEFORE, [id])),
    readChanges: (scans, filter = {}) => readChanges(sessions, scans, filter),
  };
}

interface Compared {
  readonly before: number;
  readonly after: number;
}

async function readChanges(
  sessions: Sessions,
  scans: Compared,
  filter: ChangeFilter,
): Promise<StoredChanges> {
  const [before, after] = await sessions.use(async (client) => {
    await refuseUnknown(client, filter);
    return [await factsOf(client, scans.before), await factsOf(client, scans.after)] as const;
  });
  return { before, after, pairs: pairsOf(sessions, scans, filter) };
}

const KEY = /^[0-9a-f]{64}$/;

async function refuseUnknown(client: ClientBase, { past }: ChangeFilter): Promise<void> {
  if (past === undefined) return;
  const key = KEY.test(past) ? Buffer.from(past, 'hex') : undefined;
  if (key !== undefined && (await client.query(sql.IS_RESOURCE, [key])).rows.length > 0) return;
  throw new StoreError('no-such-resource', 'no fact is of the resource that the reading should go on behind');
}

/** What tells how much a scan could look at. */
const TELLING_KINDS = ['account', 'coverage'] as const;

async function factsOf(client: ClientBase, id: number): Promise<ComparedFacts> {
  const header = await headerOf(client, id);
  const record = await scanById(client, id);
  if (record === undefined) throw noSuchScan(id);
  const { rows } = await client.query<{ readonly body: string }>(sql.FACTS_OF_KINDS, [id, TELLING_KINDS]);
  return { record, header, lines: await lineReader(client)(rows) };
}

interface PairRow {
  readonly key: string;
  readonly older: string | null;
  readonly newer: string | null;
}

function pairsOf(sessions: Sessions, scans: Compared, filter: ChangeFilter): AsyncIterable<FactPair> {
  const isForward = scans.before <= scans.after;
  const reading = {
    open: (client: ClientBase) => open(client, scans, filter),
    fetch: sql.FETCH_PAIRS,
    reader: (client: ClientBase) => pairReader(client, isForward),
  };
  return { [Symbol.asyncIterator]: () => readCursor<PairRow, FactPair>(sessions, reading) };
}

async function open(client: ClientBase, { before, after }: Compared, filter: ChangeFilter): Promise<void> {
  // What was pruned since has some of its facts still.
  for (const id of [before, after]) await headerOf(client, id);
  const { kind = '', bucket = '', accountId = '', past = '', order } = filter;
  await client.query(sql.WANT, [kind, bucket, accountId, past]);
  const cursor = order === 'account' ? sql.PAIR_CURSOR_BY_ACCOUNT : sql.PAIR_CURSOR;
  const [older, newer] = [Math.min(before, after), Math.max(before, after)];
  await client.query(cursor.replaceAll('$1', String(older)).replaceAll('$2', String(newer)));
}

function pairReader(
  client: ClientBase,
  isForward: boolean,
): (rows: readonly PairRow[]) => Promise<readonly FactPair[]> {
  const library = documentLibrary(client);
  return async (rows) => {
    const documents = await library(rows.flatMap(({ older, newer }) => [older ?? '', newer ?? '']));
    const lineIn = (body: string | null): SnapshotLine | undefined =>
      body === null ? undefined : lineOf(body, documents);
    return rows.map(({ key, older, newer }) => {
      const [before, after] = isForward ? [older, newer] : [newer, older];
      return { key, before: lineIn(before), after: lineIn(after) };
    });
  };
}
