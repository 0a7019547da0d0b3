import { createHash } from 'node:crypto';
import { snapshotLineId, type SnapshotKind, type SnapshotLine } from '@denyscope/model';
import { SnapshotError } from './snapshot-error.ts';

/** Kinds whose id is unique in all of AWS, whichever account or Region a line gives. Bucket names are global. */
const UNIQUE_EVERYWHERE: ReadonlySet<string> = new Set<SnapshotKind>([
  'root',
  'organizational-unit',
  'account',
  'organization-policy',
  'delegated-administrator',
  'iam-user',
  'iam-role',
  'iam-group',
  'identity-provider',
  'bucket',
  'kms-key',
  'vpc-endpoint',
]);

interface FirstSeen {
  readonly number: number;
  readonly accountId: string | undefined;
}

/** Remembers every resource by a hash of its identity, and refuses one that comes a second time. */
export function identityCheck(): (number: number, line: SnapshotLine) => void {
  const known = new Map<string, FirstSeen>();
  // One text for all lines of an account: a snapshot may have millions.
  const accounts = new Map<string, string>();
  return (number, line) => {
    const id = snapshotLineId(line);
    const identity = shortHash(identityOf(line, id));
    const first = known.get(identity);
    if (first)
      throw new SnapshotError({ code: 'duplicate', line: number, expected: complaint(line, id, first) });
    known.set(identity, { number, accountId: line.accountId && sharedText(accounts, line.accountId) });
  };
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest().toString('latin1', 0, 16);
}

function sharedText(known: Map<string, string>, text: string): string {
  const shared = known.get(text);
  if (shared === undefined) known.set(text, text);
  return shared ?? text;
}

/** Two lines with the same identity are the same resource; `id` is the line's own. */
export function identityOf(line: SnapshotLine, id: string): string {
  // A snapshot is of one organization.
  if (line.kind === 'organization') return line.kind;
  // INVARIANT: ids without a name of their own are the whole content; only its hash is kept.
  const short = id.length > 256 ? createHash('sha256').update(id).digest('base64') : id;
  const place = UNIQUE_EVERYWHERE.has(line.kind) ? [] : [line.accountId ?? '', line.region ?? ''];
  return [line.kind, ...place, short].join('\n');
}

function complaint({ kind, accountId }: SnapshotLine, id: string, first: FirstSeen): string {
  if (kind === 'organization') return `a second organization: the first is in line ${first.number}`;
  const name = id.length > 0 && id.length <= 256 && !id.startsWith('{') ? `${kind} \`${id}\`` : kind;
  if (accountId === first.accountId) return `${name} is already in line ${first.number}`;
  const owners = `account \`${first.accountId ?? 'none'}\`, here \`${accountId ?? 'none'}\``;
  const why = kind === 'bucket' ? ': bucket names are global' : '';
  return `${name} is already in line ${first.number}, of ${owners}${why}`;
}
