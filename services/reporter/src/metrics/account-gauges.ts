import { type Account } from '@denyscope/inventory';
import { type Labels, type Metrics } from '@denyscope/ops';
import { type AccountRead } from '@denyscope/store';
import { type LoadedScan } from '../scans.ts';
import { type Series, replace, tally } from './series.ts';

/** The gauges of when accounts were read, from what became of them in the runs that the store keeps. */
export interface AccountGauges {
  readonly show: (scan: LoadedScan | undefined, reads: readonly AccountRead[]) => void;
}

export function accountGauges(registry: Metrics): AccountGauges {
  const labels = ['account_id'];
  const successes = registry.gauge({
    name: 'denyscope_scan_last_success_timestamp_seconds',
    help: 'When the account was last read as part of a complete scan, with gaps or without, as Unix time.',
    labels,
  });
  const attempts = registry.gauge({
    name: 'denyscope_scan_last_attempt_timestamp_seconds',
    help: 'When a scan last tried to read the account, as Unix time.',
    labels,
  });
  const accounts = registry.gauge({
    name: 'denyscope_org_accounts',
    help: 'Accounts of the organization in the last complete scan, each counted once.',
    labels: ['status'],
  });
  return {
    show: (scan, reads) => {
      replace(successes, reads.flatMap(successOf));
      replace(attempts, reads.map(attemptOf));
      if (scan !== undefined) replace(accounts, statuses(scan, reads));
    },
  };
}

function successOf({ accountId: account_id, readAt }: AccountRead): Series {
  return readAt === undefined ? [] : [[{ account_id }, seconds(readAt)]];
}

function attemptOf({ accountId: account_id, triedAt }: AccountRead): readonly [Labels, number] {
  return [{ account_id }, seconds(triedAt)];
}

function seconds(iso: string): number {
  return Date.parse(iso) / 1000;
}

const STATUSES = ['active', 'suspended', 'excluded', 'never_scanned'] as const;

/** Every status has its number, so that an alert on one sees zero and not nothing. */
function statuses({ compiled: { estate } }: LoadedScan, reads: readonly AccountRead[]): Series {
  const shut = new Map(
    estate.gaps.flatMap(({ step, accountId, reason }) =>
      step === 'sts:AssumeRole' && accountId !== undefined ? [[accountId, reason] as const] : [],
    ),
  );
  const known = new Set(reads.flatMap(({ accountId, readAt }) => (readAt === undefined ? [] : [accountId])));
  const statusOf = ({ id, state }: Account): (typeof STATUSES)[number] => {
    if (state !== undefined && state !== 'ACTIVE') return 'suspended';
    if (shut.get(id) === 'Excluded') return 'excluded';
    return shut.has(id) && !known.has(id) ? 'never_scanned' : 'active';
  };
  const listed = [...estate.accounts.values()].filter(({ inOrganization }) => inOrganization);
  const counted = new Map(tally(listed.map((account) => ({ status: statusOf(account) }))).map(keyed));
  return STATUSES.map((status) => [{ status }, counted.get(status) ?? 0]);
}

function keyed([{ status = '' }, value]: readonly [Labels, number]): readonly [string, number] {
  return [status, value];
}
