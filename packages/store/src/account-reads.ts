import { type ClientBase } from 'pg';
import { ACCOUNT_READS } from './sql/account-sql.ts';

/** When an account was last tried and last read, as far back as scans are kept. ISO 8601, UTC. */
export interface AccountRead {
  readonly accountId: string;
  readonly triedAt: string;
  /** As part of a scan that was published, whole or with gaps; undefined where it never was. */
  readonly readAt: string | undefined;
}

interface Row {
  readonly account_id: string;
  readonly tried_at: Date;
  readonly read_at: Date | null;
}

/** Every account that a run tried to read. */
export async function accountReads(client: ClientBase): Promise<readonly AccountRead[]> {
  const { rows } = await client.query<Row>(ACCOUNT_READS);
  return rows.map(({ account_id, tried_at, read_at }) => ({
    accountId: account_id,
    triedAt: tried_at.toISOString(),
    readAt: read_at?.toISOString(),
  }));
}
