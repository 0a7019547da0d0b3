import { type DryRun, type PlannedAccount } from '../scanning/dry-run.ts';
import { count } from './statement.ts';
import { type Style } from './style.ts';
import { type Cell, table } from './table.ts';
import { wrap } from './wrap.ts';

/** What a scan would do, for people: accounts, calls, and about how long. */
export function renderDryRun(plan: DryRun, style: Style): string {
  const { accounts, calls } = plan;
  const entered = accounts.filter(({ skipped }) => skipped === null).length;
  const left = accounts.length - entered;
  const width = style.width ?? Number.POSITIVE_INFINITY;
  return [
    table(
      ['account', 'name', 'buckets', 'keys', 'calls', 'numbers from'],
      accounts.map((each) => accountRow(each, style)),
      style,
    ),
    table(['service', 'one for each', 'calls', 'operations'], grouped(plan.reads), style),
    style.bold(`about ${count(calls, 'call')} in ${count(entered, 'account')}, ${left} left out`),
    durationText(plan),
    'assumed:',
    ...plan.assumptions.flatMap((each) => wrap(each, width - 2)).map((line) => `  ${line}`),
    'nothing was scanned: AWS was asked for the list of accounts only',
  ].join('\n');
}

function accountRow(
  { accountId, name, skipped, ...planned }: PlannedAccount,
  { dim }: Style,
): readonly Cell[] {
  if (skipped !== null) {
    return [accountId, name ?? '', '', '', '', `left out: ${skipped}`].map((text) => ({ text, paint: dim }));
  }
  const { buckets, keys, calls, basis } = planned;
  return [accountId, name ?? '', String(buckets), String(keys), String(calls), basis];
}

/** Reads of one service that are made for the same things, as one row. */
function grouped(reads: DryRun['reads']): readonly (readonly string[])[] {
  const groups = new Map<string, DryRun['reads']>();
  for (const read of reads) {
    const key = `${read.service} ${read.per}`;
    groups.set(key, [...(groups.get(key) ?? []), read]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const calls = group.reduce((sum, each) => sum + each.calls, 0);
    const operations = new Set(group.map(({ operation }) => operation));
    return [[first.service, WORDS[first.per], String(calls), [...operations].join(', ')]];
  });
}

/** What a call is made for, in words. */
const WORDS: Readonly<Record<DryRun['reads'][number]['per'], string>> = {
  scan: 'scan',
  listed: 'account that is listed',
  accounts: 'account',
  nodes: 'root and unit',
  policies: 'organization policy',
  administrators: 'delegated administrator',
  regions: 'account and Region',
  principals: 'principal',
  buckets: 'bucket',
  accessPoints: 'access point',
  multiRegionAccessPoints: 'multi-Region access point',
  keys: 'key',
  trails: 'trail',
};

function durationText({ seconds, lastSeconds }: DryRun): string {
  const total = seconds.organization + seconds.accounts;
  const parts = `${timeText(seconds.organization)} of it for the organization, whose quotas are small`;
  const last = lastSeconds === null ? '' : `; the last one took ${timeText(lastSeconds)}`;
  return `at least ${timeText(total)}, ${parts}${last}`;
}

function timeText(seconds: number): string {
  const rounded = Math.max(1, Math.ceil(seconds));
  return rounded < 120 ? count(rounded, 'second') : count(Math.ceil(rounded / 60), 'minute');
}
