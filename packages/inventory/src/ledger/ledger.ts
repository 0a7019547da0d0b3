import { accountState, snapshotLineOwner, type SnapshotHeader, type SnapshotLine } from '@denyscope/model';
import type { LineOf } from '../build/lines.ts';
import { byCodeUnit } from '../snapshot/canonical-order.ts';
import { isOfOrganization } from './areas.ts';
import { askedFieldsOf } from './asked.ts';
import { rowOf, type LedgerRow } from './row.ts';
import { addFailure, addLine, newTally, type Tally } from './tally.ts';

/** What a scan could read: of the organization, and of every account that anything of the snapshot belongs to. */
export interface Ledger {
  /** Undefined where the snapshot knows of no organization. */
  readonly organization: LedgerRow | undefined;
  /** By account id. */
  readonly accounts: readonly LedgerRow[];
}

/** Takes the lines of a snapshot one by one, and keeps counts, not lines: a few kilobytes an account. */
export interface OpenLedger {
  readonly add: (line: SnapshotLine) => void;
  /** The ledger of all lines so far. */
  readonly close: () => Ledger;
}

/** Opens the ledger of a snapshot, of a live scan, an import or a past scan alike; the order of lines does not matter. */
export function openLedger(header: SnapshotHeader): OpenLedger {
  const asked = askedFieldsOf(header);
  const accounts = new Map<string, Entry>();
  const organization = newTally();
  const everywhere: LineOf<'coverage'>[] = [];
  const entryOf = (accountId: string): Entry => {
    const entry = accounts.get(accountId) ?? newEntry();
    accounts.set(accountId, entry);
    return entry;
  };
  const addGap = (line: LineOf<'coverage'>): void => {
    if (line.accountId !== undefined)
      return addFailure(entryOf(line.accountId).tally, line.data, line.region);
    if (line.data.step.startsWith(OF_ORGANIZATION)) return addFailure(organization, line.data, undefined);
    if (everywhere.length < MOST_EVERYWHERE) everywhere.push(line);
    return undefined;
  };
  return {
    add: (line) => {
      if (isGap(line)) return addGap(line);
      if (isOfOrganization(line.kind)) return addLine(organization, line, asked);
      const accountId = ownerOf(line);
      if (accountId === undefined) return undefined;
      const entry = entryOf(accountId);
      if (isAccount(line)) entry.account = line.data;
      return addLine(entry.tally, line, asked);
    },
    close: () => {
      const owner = { accountId: null, name: undefined, state: undefined, enabledRegions: undefined };
      const isKnown = organization.lines > 0 || organization.failures.size > 0;
      return {
        organization: isKnown ? rowOf({ ...owner, tally: organization }, asked) : undefined,
        accounts: Array.from(accounts)
          .toSorted(([a], [b]) => byCodeUnit(a, b))
          .map(([accountId, entry]) => rowOf(ownerRow(accountId, entry, everywhere), asked)),
      };
    },
  };
}

const OF_ORGANIZATION = 'organizations:';
/** Gaps that name no account concern every one; there is one a step. */
const MOST_EVERYWHERE = 100;

interface Entry {
  readonly tally: Tally;
  account: LineOf<'account'>['data'] | undefined;
}

function newEntry(): Entry {
  return { tally: newTally(), account: undefined };
}

// INVARIANT: lines come out of model's `checkSnapshotLine`, so that the kind proves the shape of the data.
function isGap(line: SnapshotLine): line is LineOf<'coverage'> {
  return line.kind === 'coverage';
}

function isAccount(line: SnapshotLine): line is LineOf<'account'> {
  return line.kind === 'account';
}

function ownerOf(line: SnapshotLine): string | undefined {
  return isAccount(line) ? line.data.Id : snapshotLineOwner(line);
}

function ownerRow(accountId: string, { tally, account }: Entry, everywhere: readonly LineOf<'coverage'>[]) {
  const own = everywhere.length === 0 ? tally : copyOf(tally);
  for (const { data, region } of everywhere) addFailure(own, data, region);
  const { Name: name, EnabledRegions: enabledRegions } = account ?? {};
  return { accountId, name, state: account && accountState(account), enabledRegions, tally: own };
}

/** So that a ledger may be closed again. */
function copyOf(tally: Tally): Tally {
  return {
    ...tally,
    failures: new Map(tally.failures),
    gaps: new Map(tally.gaps),
    regions: new Set(tally.regions),
  };
}
