import { type SnapshotHeader, type SnapshotLine } from '@denyscope/model';
import { type ClientBase } from 'pg';
import { StoreError } from './error.ts';
import { mergeStaged, whenFree } from './merge.ts';
import { type Sessions } from './sessions.ts';
import * as sql from './sql/import-sql.ts';
import { stage } from './stage.ts';
import { type ScanRecord } from './scan-record.ts';
import { type ImportOptions } from './store.ts';
import { withErrorsOf } from './line-errors.ts';

/** A snapshot to be kept. */
export interface Incoming {
  readonly header: SnapshotHeader;
  readonly lines: AsyncIterable<SnapshotLine>;
  readonly options: ImportOptions;
}

/** Keeps a snapshot as a new scan, whole or not at all. */
export async function importSnapshot(sessions: Sessions, incoming: Incoming): Promise<ScanRecord> {
  return withErrorsOf(incoming.lines, (lines) =>
    sessions.use((client) => whenFree(client, () => keep(client, { ...incoming, lines }))),
  );
}

async function keep(client: ClientBase, { header, lines, options }: Incoming): Promise<ScanRecord> {
  await client.query(sql.CREATE_STAGED);
  await stage(client, lines, { copy: sql.COPY_STAGED, onProgress: options.onProgress });
  await client.query(sql.ANALYZE_STAGED);
  await refuseConflicts(client);
  return mergeStaged(client, header);
}

async function refuseConflicts(client: ClientBase): Promise<void> {
  const { rows } = await client.query<Conflict>(sql.CONFLICT);
  const [conflict] = rows;
  if (conflict === undefined) return;
  const { kind, id, first, last } = conflict;
  const where = `resources ${first} and ${last} of the snapshot`;
  throw new StoreError('duplicate-resource', `${where} both describe the ${kind} \`${id}\`, and differ`);
}

interface Conflict {
  readonly kind: string;
  readonly id: string;
  readonly first: string;
  readonly last: string;
}
