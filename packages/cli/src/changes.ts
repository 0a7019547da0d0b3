import { type Change, type ComparedScan, type ScanPoint, parseArn } from '@denyscope/model';
import { type ScanRecord, type Store } from '@denyscope/store';
import { CommandError } from './failure.ts';
import { renderAccount, renderChange, renderChangesSummary, renderCompared } from './render/changes.ts';
import { type Style, styleOf } from './render/style.ts';
import { refOf } from './scan.ts';
import { type Session } from './session.ts';
import { noScan } from './store.ts';

/** Between which scans, and of what. */
export interface ChangesQuery {
  readonly since?: ScanPoint;
  readonly until?: ScanPoint;
  readonly bucket?: string;
  readonly account?: string;
  readonly kind?: string;
}

/** The scans that are compared, and what differs, one by one. */
interface Comparison {
  readonly from: ComparedScan;
  readonly to: ComparedScan;
  readonly changes: AsyncIterable<{ readonly change: Change }>;
}

/**
 * Prints what differs between two scans while it is read; gives the number of resources. A table goes by account, JSON
 * in canonical order.
 *
 * @throws CommandError where there are no such scans
 */
export async function printChanges(session: Session, store: Store, query: ChangesQuery): Promise<number> {
  const comparison = await compare(session, store, query);
  const counts = new Map<Change['change'], number>();
  const changes = counted(comparison.changes, counts);
  const { terminal, output } = session;
  const text =
    output === 'json'
      ? jsonOf(comparison, changes)
      : tableOf(comparison, changes, { style: styleOf(terminal), counts });
  let part = '';
  for await (const piece of text) {
    part += piece;
    if (part.length < PART) continue;
    await terminal.out(part);
    part = '';
  }
  await terminal.out(part);
  return [...counts.values()].reduce((sum, each) => sum + each, 0);
}

/** Characters that are worth a write. */
const PART = 16 * 1024;

async function compare(session: Session, store: Store, query: ChangesQuery): Promise<Comparison> {
  const { changesOf } = await import('@denyscope/inventory');
  const { scansToCompare } = await import('@denyscope/store');
  const scans = await scansToCompare(store, query);
  if ('missing' in scans) throw scans.field === 'scan' ? noScan(session) : new CommandError(scans.missing);
  const { bucket, account: accountId, kind } = query;
  const order = session.output === 'json' ? undefined : 'account';
  const ids = { before: scans.before.id, after: scans.after.id };
  const stored = await store.readChanges(ids, { bucket, accountId, kind, order });
  return { from: comparedOf(scans.before), to: comparedOf(scans.after), changes: changesOf(stored) };
}

function comparedOf(record: ScanRecord): ComparedScan {
  return { ...refOf(record), takenAt: record.takenAt };
}

async function* counted(
  changes: Comparison['changes'],
  counts: Map<Change['change'], number>,
): AsyncGenerator<Change, void> {
  for await (const { change } of changes) {
    counts.set(change.change, (counts.get(change.change) ?? 0) + 1);
    yield change;
  }
}

/** The answer of `GET /v1/changes` on one page, a change a line. */
async function* jsonOf(
  { from, to }: Comparison,
  changes: AsyncIterable<Change>,
): AsyncGenerator<string, void> {
  yield `{"from":${JSON.stringify(from)},"to":${JSON.stringify(to)},"changes":[`;
  let between = '\n';
  for await (const change of changes) {
    yield `${between}${JSON.stringify(change)}`;
    between = ',\n';
  }
  yield '\n],"next":null}\n';
}

interface Table {
  readonly style: Style;
  /** How many changes there were so far. */
  readonly counts: ReadonlyMap<Change['change'], number>;
}

async function* tableOf(
  { from, to }: Comparison,
  changes: AsyncIterable<Change>,
  { style, counts }: Table,
): AsyncGenerator<string, void> {
  yield `${renderCompared(from, to, style)}\n`;
  let owner: string | undefined;
  for await (const change of changes) {
    if (ownerOf(change) !== owner) {
      owner = ownerOf(change);
      yield `\n${renderAccount(owner, style)}\n`;
    }
    yield `${renderChange(change, style)}\n`;
  }
  yield `\n${renderChangesSummary(counts)}\n`;
}

/** The account that a resource belongs to, '' for what is the organization's. */
function ownerOf({ kind, id, accountId }: Change): string {
  if (accountId !== null) return accountId;
  return kind === 'account' ? id : (parseArn(id)?.accountId ?? '');
}
