import { collectAccount, collectOrganization, type CollectOptions } from '@denyscope/collect';
import { SCANNER_ACCESS_KEY_ID, type FakeAws } from '@denyscope/fake-aws';
import { canonicalLine, sortSnapshot } from '@denyscope/inventory';
import { snapshotLineId, type SnapshotLine } from '@denyscope/model';

/** How a test scans. */
export interface ScanOptions extends CollectOptions {
  readonly externalId?: string;
  /** The Regions to look into; all that are enabled unless given. */
  readonly regions?: readonly string[];
  /** Deadlines of single accounts, in milliseconds. */
  readonly deadlines?: Readonly<Record<string, number>>;
}

/** Scans all that a fake AWS serves, as scheduler and workers do: the organization, then each active account. */
export async function scanAll(aws: FakeAws, options: ScanOptions = {}): Promise<readonly SnapshotLine[]> {
  const { externalId, regions, deadlines = {}, ...given } = options;
  const common: CollectOptions = {
    endpoint: aws.url,
    credentials: { accessKeyId: SCANNER_ACCESS_KEY_ID, secretAccessKey: 'any' },
    ...given,
  };
  const organization = await linesOf(collectOrganization(common));
  const role = { roleName: 'DenyscopeScanner', externalId };
  const scans = organization.filter(isActiveAccount).map(async (account) => {
    const accountId = account.accountId ?? '';
    const deadlineMs = deadlines[accountId];
    return linesOf(
      collectAccount({ ...common, accountId, role, account, regions, ...(deadlineMs && { deadlineMs }) }),
    );
  });
  return lastOfEach([organization, ...(await Promise.all(scans))].flat());
}

export async function linesOf(lines: AsyncIterable<SnapshotLine>): Promise<readonly SnapshotLine[]> {
  const all: SnapshotLine[] = [];
  for await (const line of lines) all.push(line);
  return all;
}

function isActiveAccount({ kind, data }: SnapshotLine): boolean {
  return kind === 'account' && data['State'] === 'ACTIVE';
}

/** An account's own scan completes the line that the organization's scan began. */
function lastOfEach(lines: readonly SnapshotLine[]): readonly SnapshotLine[] {
  return [...new Map(lines.map((line) => [nameOf(line), line])).values()];
}

/** A line by kind, account, Region and id. */
function nameOf(line: SnapshotLine): string {
  return [line.kind, line.accountId ?? '', line.region ?? '', snapshotLineId(line)].join(' ');
}

/** What differs: `-` for a line that was only served, `+` for one only scanned, `~` for a field. */
export function differences(
  served: readonly SnapshotLine[],
  scanned: readonly SnapshotLine[],
): readonly string[] {
  const before = byName(served);
  const after = byName(scanned);
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].toSorted().flatMap((name) => difference(name, before.get(name), after.get(name)));
}

function byName(lines: readonly SnapshotLine[]): ReadonlyMap<string, SnapshotLine> {
  return new Map(sortSnapshot(lines).map((line) => [nameOf(line), line]));
}

function difference(
  name: string,
  before: SnapshotLine | undefined,
  after: SnapshotLine | undefined,
): readonly string[] {
  if (before === undefined) return [`+ ${name}`];
  if (after === undefined) return [`- ${name}`];
  const fields = new Set([...Object.keys(before.data), ...Object.keys(after.data)]);
  const inData = [...fields].filter((field) => !areEqual(before.data[field], after.data[field]));
  const inUnreadable = areEqual(before.unreadable, after.unreadable) ? [] : ['unreadable'];
  return [...inData, ...inUnreadable].map((field) => `~ ${name} ${field}`);
}

function areEqual(a: unknown, b: unknown): boolean {
  const [one, other] = [a, b].map((value) => canonicalLine({ kind: 'value', data: { value } }));
  return one === other;
}
