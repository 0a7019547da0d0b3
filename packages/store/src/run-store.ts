import { type SnapshotHeader, type SnapshotLine } from '@denyscope/model';
import { type ScanRecord } from './scan-record.ts';

export type RunStatus = 'running' | 'published' | 'failed' | 'cancelled';

/** What of the organization a run scans; everything where nothing is said. */
export interface RunScope {
  readonly accounts?: readonly string[] | undefined;
  readonly regions?: readonly string[] | undefined;
}

/** How many accounts stand where. */
export interface RunProgress {
  /** Whether the organization was read, so that the other numbers are all of it. */
  readonly listed: boolean;
  readonly waiting: number;
  /** Read without a gap. */
  readonly complete: number;
  /** Read, with gaps that their lines name. */
  readonly partial: number;
  readonly failed: number;
  /** Suspended or excluded. */
  readonly skipped: number;
  /** Lines so far that tell of something that could not be read. */
  readonly gaps: number;
}

/** One live scan, from its start until it is published as a scan, or ends otherwise. */
export interface RunRecord {
  readonly id: number;
  readonly status: RunStatus;
  readonly header: SnapshotHeader;
  readonly scope: RunScope;
  readonly startedAt: string;
  readonly progressedAt: string;
  readonly finishedAt: string | undefined;
  /** Why it failed. */
  readonly reason: string | undefined;
  /** The scan that it became. */
  readonly scanId: number | undefined;
  readonly progress: RunProgress;
}

export type PartStatus = 'waiting' | 'done' | 'failed' | 'skipped';

/** What became of one part. */
export interface PartRecord {
  readonly part: string;
  readonly status: PartStatus;
  readonly reason: string | undefined;
  readonly lines: number;
  readonly gaps: number;
  readonly changedAt: string;
}

/** A part that the run waits for, or that it leaves out for a reason. */
export interface ExpectedPart {
  readonly accountId: string;
  readonly skipped?: string | undefined;
}

/** Why nothing of an account could be read: it becomes the account's `coverage` line. */
export interface PartFailure {
  /** The step that failed; `sts:AssumeRole` unless given, which leaves the whole account unknown. */
  readonly step?: string | undefined;
  readonly reason: string;
  readonly message: string;
}

export interface BeginOptions {
  readonly header: SnapshotHeader;
  readonly scope?: RunScope | undefined;
  /** A run without progress for so long is ended as failed, and makes room: an hour unless given. */
  readonly staleAfterMs?: number | undefined;
}

/** The run that began, or the one that runs already. */
export interface Begun {
  readonly begun: boolean;
  readonly run: RunRecord;
}

/** The part that holds the organization itself. */
export const ORGANIZATION = 'organization';

/** Live scans: parts come in as accounts are read, and become one scan when the run is published. */
export interface RunStore {
  /** Begins a run, unless one runs: there is one at a time. */
  readonly beginRun: (options: BeginOptions) => Promise<Begun>;

  /** A run with its progress. */
  readonly runState: (runId: number) => Promise<RunRecord | undefined>;

  /** The run that began last, whatever its status. */
  readonly latestRun: () => Promise<RunRecord | undefined>;

  /** What became of each part, the organization's too; of a run that ended, of those that were not read whole. */
  readonly runParts: (runId: number) => Promise<readonly PartRecord[]>;

  /** What became of one part; undefined where nobody spoke of it yet. */
  readonly partStatus: (runId: number, part: string) => Promise<PartStatus | undefined>;

  /**
   * Says which accounts there are; those that were said before stay what they are.
   *
   * @throws StoreError `run-over`
   */
  readonly expectParts: (runId: number, parts: readonly ExpectedPart[]) => Promise<void>;

  /**
   * Keeps the lines of an account, or of `ORGANIZATION`, until the run is published: all of them in one transaction, in
   * place of what an earlier attempt kept. The transaction lasts as long as the lines take.
   *
   * @throws StoreError `run-over`
   */
  readonly stagePart: (runId: number, part: string, lines: AsyncIterable<SnapshotLine>) => Promise<void>;

  /**
   * Says that an account cannot be read; one that was staged stays so.
   *
   * @throws StoreError `run-over`
   */
  readonly failPart: (runId: number, part: string, failure: PartFailure) => Promise<void>;

  /** The organization's line of an account, as it was staged. */
  readonly accountLine: (runId: number, accountId: string) => Promise<SnapshotLine | undefined>;

  /** What was staged of the organization itself: its tree and policies, and of its accounts those that are named. */
  readonly stagedOrganization: (
    runId: number,
    accountIds: readonly string[],
  ) => Promise<readonly SnapshotLine[]>;

  /**
   * Merges all parts into the next scan, in one transaction. Accounts that nothing came from get a `coverage` line.
   * A run that is published already gives its scan again.
   *
   * @throws StoreError `run-over`
   */
  readonly publishRun: (runId: number) => Promise<ScanRecord>;

  /** Ends a run for good, and forgets what it staged; one that ended before stays as it is. Gives its state. */
  readonly failRun: (runId: number, reason: string) => Promise<RunRecord | undefined>;

  /** Ends a run on somebody's wish. */
  readonly cancelRun: (runId: number) => Promise<RunRecord | undefined>;
}
