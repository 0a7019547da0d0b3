import { type ClientBase } from 'pg';
import { ACCOUNT_LINES, ACCOUNT_SIZES } from './sql/account-sql.ts';

/** How much one account has in a scan. */
export interface AccountSize {
  readonly accountId: string;
  /** Facts by kind. */
  readonly facts: ReadonlyMap<string, number>;
  /** The Regions that it has enabled; undefined where nobody told. */
  readonly regions: readonly string[] | undefined;
}

interface SizeRow {
  readonly account_id: string;
  readonly kind: string;
  readonly facts: number;
}

interface LineRow {
  readonly account_id: string;
  readonly body: string;
}

export async function accountSizes(client: ClientBase, scanId: number): Promise<readonly AccountSize[]> {
  const lines = (await client.query<LineRow>(ACCOUNT_LINES, [scanId])).rows;
  const regions = new Map(lines.map(({ account_id, body }) => [account_id, enabledRegions(body)]));
  const facts = new Map<string, Map<string, number>>();
  for (const row of (await client.query<SizeRow>(ACCOUNT_SIZES, [scanId])).rows) {
    facts.set(
      row.account_id,
      (facts.get(row.account_id) ?? new Map<string, number>()).set(row.kind, row.facts),
    );
  }
  return [...facts].map(([accountId, ofAccount]) => ({
    accountId,
    facts: ofAccount,
    regions: regions.get(accountId),
  }));
}

/** An account's line holds no policy document, so it is read as it is. */
function enabledRegions(body: string): readonly string[] | undefined {
  const line: unknown = JSON.parse(body);
  const data = memberOf(line, 'data');
  const regions = memberOf(data, 'EnabledRegions');
  return Array.isArray(regions) ? regions.filter((region) => typeof region === 'string') : undefined;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
