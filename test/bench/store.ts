import { startEmbeddedPostgres, openStore, type ScanRecord, type Store } from '@denyscope/store';
import { canonicalJson } from '@denyscope/model';
import { type World } from '@denyscope/worlds';
import { newFolder, removeFolders, sql } from '../support/database.ts';
import { streamed } from '../support/database-snapshot.ts';
import { type Row } from './row.ts';
import { timed } from './timing.ts';

/** Import and reading of a snapshot in the embedded PostgreSQL, and what it takes on disk. */
export async function measureStore(world: World): Promise<readonly Row[]> {
  const server = await startEmbeddedPostgres({ dataDir: await newFolder() });
  try {
    const store = await openStore({ databaseUrl: server.url() });
    try {
      return await rowsOf(store, { world, size: () => bytesOf(server.url()) });
    } finally {
      await store.close();
    }
  } finally {
    await server.close();
    await removeFolders();
  }
}

interface Subject {
  readonly world: World;
  /** What the database takes now. */
  readonly size: () => Promise<number>;
}

async function rowsOf(store: Store, { world, size }: Subject): Promise<readonly Row[]> {
  const lines = world.lines.length;
  const first = await timed(() => importInto(store, world));
  const once = await size();
  const second = await timed(() => importInto(store, world));
  const twice = await size();
  const reading = await timed(() => readAll(store, second.result.id));
  if (reading.result !== lines) throw new Error(`read ${reading.result} lines of ${lines}`);
  const facts = factsOf(first.result);
  const text = world.lines.reduce((sum, line) => sum + Buffer.byteLength(canonicalJson(line)) + 1, 0);
  const row = (measure: string, ours: number, unit: string): Row => ({
    measure,
    ours,
    unit,
    peer: undefined,
  });
  return [
    row('store: import of a snapshot', lines / first.seconds, 'lines/s'),
    row('store: import of the same again', lines / second.seconds, 'lines/s'),
    row('store: reading a scan', lines / reading.seconds, 'lines/s'),
    row('store: new facts of the second import', second.result.opened, 'facts'),
    { ...row('store: on disk, a fact', once / facts, 'B'), peer: text / facts, notes: [7] },
    row('store: more on disk after the second import, a fact', (twice - once) / facts, 'B'),
  ];
}

function importInto(store: Store, { header, lines }: World): Promise<ScanRecord> {
  return store.importSnapshot(header, streamed(lines));
}

function factsOf({ counts }: ScanRecord): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

async function readAll(store: Store, id: number): Promise<number> {
  let count = 0;
  for await (const _line of (await store.readScan(id)).lines) count++;
  return count;
}

const SIZE = `select sum(pg_total_relation_size(c.oid))::float8 as bytes
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'm') and n.nspname not in ('pg_catalog', 'information_schema')`;

async function bytesOf(url: string): Promise<number> {
  const [row] = await sql<{ readonly bytes: number }>(url, SIZE);
  return row?.bytes ?? 0;
}
