import { parseArgs } from 'node:util';

/** How large the scanned organization is, how slow AWS is, and what is measured. */
export interface ScanFlags {
  readonly accounts: number;
  readonly buckets: number;
  readonly principals: number;
  /** How many workers each measured scan has. */
  readonly workers: readonly number[];
  /** Milliseconds that the fake waits before each answer. */
  readonly latency: number;
  /** Accounts that one worker reads at the same time. */
  readonly concurrency: number;
  /** Calls that one worker has in flight at the same time, for all accounts together. */
  readonly inFlight: number;
  readonly without: readonly Leavable[];
}

/** What may be left out: a scan of 1,000 accounts takes half an hour each time. */
const LEAVABLE = ['again', 'bare', 'large'] as const;
type Leavable = (typeof LEAVABLE)[number];

const FLAGS = {
  accounts: { type: 'string', default: '100' },
  buckets: { type: 'string', default: '20' },
  principals: { type: 'string', default: '60' },
  workers: { type: 'string', default: '1,2' },
  latency: { type: 'string', default: '50' },
  concurrency: { type: 'string', default: '4' },
  'in-flight': { type: 'string', default: '10' },
  without: { type: 'string', default: '' },
} as const;

export const SCAN_USAGE = `scan takes --accounts N, --buckets N, --principals N (an account), --workers N,N (of each measured scan),
  --latency MS, --concurrency N (accounts at a time), --in-flight N (calls of a worker), --without ${LEAVABLE.join(',')}`;

/** The command's words: which parts are asked for, and how the scan is measured. Throws where a flag is wrong. */
export function readArguments(args: readonly string[]): {
  readonly parts: readonly string[];
  readonly scan: ScanFlags;
} {
  const { values, positionals } = parseArgs({ args: [...args], options: FLAGS, allowPositionals: true });
  const { accounts, buckets, principals, latency, concurrency } = values;
  const scan: ScanFlags = {
    accounts: numberOf('accounts', accounts),
    buckets: numberOf('buckets', buckets),
    principals: numberOf('principals', principals),
    workers: listOf(values.workers).map((text) => numberOf('workers', text)),
    latency: numberOf('latency', latency, 0),
    concurrency: numberOf('concurrency', concurrency),
    inFlight: numberOf('in-flight', values['in-flight']),
    without: listOf(values.without).map(leavable),
  };
  if (scan.workers.length === 0) throw new Error('`--workers` names no number');
  return { parts: positionals, scan };
}

function listOf(text: string): readonly string[] {
  return text.split(',').filter((item) => item !== '');
}

function numberOf(name: string, text: string, least = 1): number {
  const value = Number(text);
  if (text === '' || !Number.isInteger(value) || value < least)
    throw new Error(`\`--${name} ${text}\`: expected a whole number from ${least}`);
  return value;
}

function leavable(text: string): Leavable {
  const found = LEAVABLE.find((one) => one === text);
  if (found === undefined) throw new Error(`\`--without ${text}\`: expected some of ${LEAVABLE.join(', ')}`);
  return found;
}
