import {
  type SnapshotHeader,
  type SnapshotLine,
  canonicalJson,
  compareSnapshotLines,
} from '@denyscope/model';
import { type Store } from '@denyscope/store';

export const HEADER: SnapshotHeader = {
  kind: 'snapshot',
  format: 'denyscope/1',
  takenAt: '2026-11-22T02:00:00Z',
  source: 'demo',
  collected: { bucket: ['Policy'] },
};

export function bucket(
  name: string,
  policy: unknown,
  more: Readonly<Record<string, unknown>> = {},
): SnapshotLine {
  return {
    kind: 'bucket',
    accountId: '111122223333',
    region: 'eu-west-1',
    data: { Name: name, Policy: policy, ...more },
  };
}

/** Every shape that is hard to keep. */
export const ODD: readonly SnapshotLine[] = [
  { kind: 'organization', data: { Id: 'o-1', EnabledPolicyTypes: [] } },
  bucket('text', '{"Version":"2012-10-17"}'),
  bucket('odd-text', '\0 \ud800 \udc00\ud83d 😀 " \\ \n \t \\N \\.'),
  bucket('object', { Statement: [{ Effect: 'Deny', Sid: '\0' }] }),
  bucket('lookalike', { $document: 'x' }, { $document: 'a', $$document: ['b'], nested: { $document: 1 } }),
  { ...bucket('none', null), unreadable: [{ field: 'Policy', reason: 'AccessDenied' }], fetchedAt: 'then' },
  { ...bucket('same-name', 'p'), region: 'us-east-1' },
  { kind: 'iam-role', accountId: '111122223333', data: { Arn: 'arn:x', AssumeRolePolicyDocument: '%7B%7D' } },
  { kind: 'coverage', data: { step: 's3:ListBuckets', reason: 'AccessDenied', message: 'x'.repeat(20_000) } },
  { kind: 'coverage', data: { step: 's3:ListBuckets', reason: 'AccessDenied', message: 'y'.repeat(20_000) } },
  // In the order of code units, not of code points: 😀 is d83d de00.
  ...['\uffff', '😀', '\ue000', '\ud83d', 'é', '', '\0', 'a\0', 'a'].map((name) => ({
    kind: 'unheard-of',
    region: name,
    data: { Name: name },
  })),
];

export async function* streamed(lines: Iterable<SnapshotLine>): AsyncGenerator<SnapshotLine> {
  yield* lines;
}

/** What `export` would write, without the header. */
export function canonical(lines: readonly SnapshotLine[]): readonly string[] {
  return lines.toSorted(compareSnapshotLines).map(canonicalJson);
}

/** The same of a stored scan, in the order in which it comes. */
export async function stored(store: Store, id: number): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const line of (await store.readScan(id)).lines) lines.push(canonicalJson(line));
  return lines;
}
