import type { CoverageAnswer, CoverageRow, ScanRef } from '@denyscope/model';
import type { Ledger } from './ledger.ts';
import type { LedgerRow } from './row.ts';

/** Which accounts are asked about: all, page by page, or one with every read of it. */
export interface CoverageQuery {
  readonly account?: string | undefined;
  /** Accounts a page; all where it is not given. */
  readonly limit?: number | undefined;
  /** `next` of the page before. */
  readonly cursor?: string | undefined;
}

/** The answer to a query, or what of it is at fault. */
export type CoveragePage =
  | { readonly ok: true; readonly answer: CoverageAnswer }
  | {
      readonly ok: false;
      readonly problem: {
        readonly code: 'not-found' | 'invalid';
        readonly field: 'account' | 'cursor';
        readonly message: string;
      };
    };

/** In a list of accounts, so many gaps of each are shown. */
const GAPS_IN_LIST = 10;

/** What the ledger says of the accounts that are asked about, by account id. */
export function coveragePage(ledger: Ledger, query: CoverageQuery, scan: ScanRef): CoveragePage {
  const { account, limit, cursor } = query;
  const organization = ledger.organization ? listed(ledger.organization) : null;
  if (account !== undefined) {
    const row = ledger.accounts.find(({ accountId }) => accountId === account);
    if (!row) return problem('not-found', 'account', `account \`${account}\` is not in this scan`);
    return { ok: true, answer: { scan, organization, total: 1, next: null, accounts: [whole(row)] } };
  }
  const after = cursor === undefined ? '' : Buffer.from(cursor, 'base64url').toString('utf8');
  if (cursor !== undefined && !/^\d{12}$/.test(after))
    return problem('invalid', 'cursor', 'expected `next` of an earlier answer');
  const rest = ledger.accounts.filter(({ accountId }) => (accountId ?? '') > after);
  const page = rest.slice(0, limit);
  const last = page.length < rest.length ? page.at(-1)?.accountId : undefined;
  const next = typeof last === 'string' ? Buffer.from(last).toString('base64url') : null;
  const total = ledger.accounts.length;
  return { ok: true, answer: { scan, organization, total, next, accounts: page.map(listed) } };
}

function problem(code: 'not-found' | 'invalid', field: 'account' | 'cursor', message: string): CoveragePage {
  return { ok: false, problem: { code, field, message } };
}

function whole({ unreadableResources: _resources, reads, ...row }: LedgerRow): CoverageRow {
  return { ...row, reads: [...reads] };
}

function listed({ unreadableResources: _resources, reads: _reads, gaps, ...row }: LedgerRow): CoverageRow {
  const shown = gaps.slice(0, GAPS_IN_LIST);
  return { ...row, gaps: shown, gapsLeftOut: row.gapsLeftOut + gaps.length - shown.length };
}
