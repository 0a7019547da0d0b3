import { type Row } from '../row.ts';
import { type Scanned } from './clock.ts';
import { type Counts } from './fake.ts';
import { type ScanFlags } from './flags.ts';

/** The notes that these rows cite, by what they say. */
const NOTE = { bare: 10, oneWorker: 11, first: 12, fake: 13 } as const;

/** What the numbers behind the rows of the scan stand for. */
export const SCAN_NOTES: ReadonlyMap<number, string> = new Map([
  [
    NOTE.bare,
    'Peer: the same calls by the same code in one process, as many accounts at a time, without store and queue; its lines are thrown away.',
  ],
  [NOTE.oneWorker, 'Peer: the fewest workers that were measured, on the same organization.'],
  [NOTE.first, 'Peer: the first scan.'],
  [
    NOTE.fake,
    'Of the fake AWS, in its own process on the same machine: what it takes, the workers do not get.',
  ],
]);

export interface Measured {
  readonly flags: ScanFlags;
  /** By the number of workers. */
  readonly scans: ReadonlyMap<number, Scanned>;
  readonly bare: Scanned | undefined;
}

const MB = 1e6;

/** One scan for each number of workers. */
export function scanRows({ flags, scans, bare }: Measured): readonly Row[] {
  const [least] = scans.values();
  const of = `scan of ${flags.accounts} accounts`;
  return [...scans].flatMap(([workers, scan]) => {
    const title = `${of}, ${workers} ${workers === 1 ? 'worker' : 'workers'}`;
    return scan === least
      ? [
          ...against(title, scan, { peer: bare, note: NOTE.bare }),
          row(`${title}: processor time of the fake, a call`, {
            ours: scan.fakeCpuMs / scan.calls,
            unit: 'ms',
            notes: [NOTE.fake],
          }),
        ]
      : against(title, scan, { peer: least, note: NOTE.oneWorker });
  });
}

interface Peer {
  readonly peer: Scanned | undefined;
  readonly note: number;
}

function against(title: string, scan: Scanned, { peer, note }: Peer): readonly Row[] {
  const compared = (name: string, unit: string, figure: (scanned: Scanned) => number): Row =>
    row(`${title}: ${name}`, {
      ours: figure(scan),
      unit,
      ...(peer && { peer: figure(peer), notes: [note] }),
    });
  return [
    compared('AWS calls', '/s', ({ calls, seconds }) => calls / seconds),
    compared('AWS calls while accounts are read', '/s', ({ reading }) => reading.calls / reading.seconds),
    compared('accounts', '/s', ({ accounts, seconds }) => accounts / seconds),
    compared('processor time, a call', 'ms', ({ cpuMs, calls }) => cpuMs / calls),
    compared('peak memory of a process', 'MB', ({ peakBytes }) => peakBytes / MB),
  ];
}

/** A scan and the one after it, with what the database took after each. */
export interface Again {
  readonly first: Scanned;
  readonly second: Scanned;
  readonly before: number;
  readonly after: number;
}

export function againRows({ first, second, before, after }: Again): readonly Row[] {
  const notes = [NOTE.first];
  return [
    row('second scan, nothing changed: time', {
      ours: second.seconds,
      peer: first.seconds,
      unit: 's',
      notes,
    }),
    row('store on disk after one scan', { ours: before / MB, unit: 'MB' }),
    row('more on disk after the second scan', {
      ours: (after - before) / MB,
      peer: before / MB,
      unit: 'MB',
      notes,
    }),
  ];
}

export function largeRows(counts: Counts, scan: Scanned): readonly Row[] {
  const { 'iam-role': roles = 0, bucket: buckets = 0 } = counts;
  const title = `one account of ${buckets} buckets and ${roles} roles`;
  return [
    row(`${title}: time`, { ours: scan.seconds, unit: 's' }),
    row(`${title}: AWS calls`, { ours: scan.calls / scan.seconds, unit: '/s' }),
    row(`${title}: processor time, a call`, { ours: scan.cpuMs / scan.calls, unit: 'ms' }),
    row(`${title}: peak memory of the worker`, { ours: scan.peakBytes / MB, unit: 'MB' }),
  ];
}

function row(measure: string, figures: Partial<Row> & Pick<Row, 'ours' | 'unit'>): Row {
  return { measure, peer: undefined, ...figures };
}
