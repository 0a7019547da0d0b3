import { setImmediate as turn } from 'node:timers/promises';
import { buildEstate, type Estate } from '@denyscope/inventory';
import { compileEstate } from '@denyscope/matrix';
import { parseArn, type SnapshotHeader, type SnapshotLine } from '@denyscope/model';
import { type Context } from './context.ts';
import { hintOf, refusedCaller } from './lockouts-hint.ts';
import { type Judge, judgeOf } from './lockouts-judge.ts';
import { ENTRANCE, isRefused, type Refusal, refusalOfField, refusalOfStep } from './lockouts-questions.ts';

/** One account of a run. */
export interface AccountOfRun {
  readonly runId: number;
  readonly accountId: string;
  readonly header: SnapshotHeader;
}

/** What of a worker's context it takes. */
interface Surroundings extends Pick<Context, 'role' | 'logger'> {
  readonly store: Pick<Context['store'], 'stagedOrganization'>;
}

/**
 * The lines of an account, each thing that AWS refused to tell with the statement that refused it, where the policies
 * that were read show it. They come back as they are where nothing was refused or nobody can say; a fault in here is
 * logged, and costs the account nothing else.
 */
export async function withLockouts(
  context: Surroundings,
  { runId, accountId, header }: AccountOfRun,
  lines: readonly SnapshotLine[],
): Promise<readonly SnapshotLine[]> {
  if (!lines.some(isRefused)) return lines;
  const { store, role, logger } = context;
  try {
    const scanner = callerAtTheDoor(lines);
    const home = parseArn(scanner ?? '')?.accountId;
    const organization = await store.stagedOrganization(runId, home === undefined ? [] : [home]);
    return await lockedOut({ accountId, header, role, organization, scanner }, lines);
  } catch (error) {
    logger.warn({ err: error, accountId, runId }, 'what locked the scanner out was not found');
    return lines;
  }
}

/** Who could not enter the account, by AWS's message. */
function callerAtTheDoor(lines: readonly SnapshotLine[]): string | undefined {
  const entrance = lines.find(isEntrance);
  const message = entrance?.data['message'];
  return typeof message === 'string' ? refusedCaller(message) : undefined;
}

function isEntrance({ kind, data }: SnapshotLine): boolean {
  return kind === 'coverage' && data['step'] === ENTRANCE;
}

/** What is known when the lines of an account were gathered. */
export interface Known {
  readonly accountId: string;
  readonly header: SnapshotHeader;
  readonly role: Context['role'];
  /** The organization's own lines, and the line of the scanner's account where that is another. */
  readonly organization: readonly SnapshotLine[];
  /** Who could not enter the account. */
  readonly scanner: string | undefined;
}

/** The lines of one account, with what locked the scanner out. */
export async function lockedOut(
  known: Known,
  lines: readonly SnapshotLine[],
): Promise<readonly SnapshotLine[]> {
  const { accountId, header, organization } = known;
  const { roleName, partition = 'aws', sessionPolicy, externalId } = known.role;
  const principal = `arn:${partition}:iam::${accountId}:role/${roleName}`;
  const others = organization.filter((line) => line.kind !== 'account' || line.accountId !== accountId);
  if (!lines.some(isEntrance)) {
    const estate = buildEstate(header, [...others, ...lines]);
    const judge = judgeOf(compileEstate(estate), { principal, sessionPolicy });
    return eachInTurn(lines, (line) => judged(line, estate, judge));
  }
  if (known.scanner === undefined) return lines;
  // Of an account that was not entered, the role is known by its name alone: others' policies may refuse all the same.
  const unseen = unseenRole(accountId, principal);
  const estate = buildEstate(header, [...others, ...lines.filter((line) => !isEntrance(line)), unseen]);
  const context = externalId === undefined ? {} : { 'sts:ExternalId': [externalId] };
  const judge = judgeOf(compileEstate(estate), { principal: known.scanner, context });
  return lines.map((line) =>
    isEntrance(line) ? judgedStep(line, entranceOf(line, principal), judge) : line,
  );
}

/** The engine works without a pause: between lines that ask it something, others of this process get a turn. */
async function eachInTurn(
  lines: readonly SnapshotLine[],
  judgeLine: (line: SnapshotLine) => SnapshotLine,
): Promise<readonly SnapshotLine[]> {
  const done: SnapshotLine[] = [];
  for (const line of lines) {
    const told = judgeLine(line);
    done.push(told);
    if (told !== line) await turn();
  }
  return done;
}

/** AWS: the trust policy alone lets the scanner in, and nobody could read it. */
function unseenRole(accountId: string, arn: string): SnapshotLine {
  const fields = [
    'AssumeRolePolicyDocument',
    'RolePolicyList',
    'AttachedManagedPolicies',
    'PermissionsBoundary',
    'Tags',
  ];
  const RoleName = arn.slice(arn.lastIndexOf('/') + 1);
  const unreadable = fields.map((field) => ({ field, reason: 'AccessDenied' }));
  return { kind: 'iam-role', accountId, data: { RoleName, Arn: arn }, unreadable };
}

function entranceOf({ data: { message } }: SnapshotLine, role: string): Refusal {
  const words = typeof message === 'string' ? message : '';
  return { actions: [ENTRANCE], resource: role, region: undefined, message: words };
}

function judged(line: SnapshotLine, estate: Estate, judge: Judge): SnapshotLine {
  if (line.kind === 'coverage') return judgedStep(line, refusalOfStep(line), judge);
  if (!isRefused(line)) return line;
  const unreadable = line.unreadable?.map((entry) => {
    const refusal = refusalOfField(estate, line, entry);
    return refusal === undefined ? entry : { ...entry, ...wordsOf(refusal, judge) };
  });
  return { ...line, unreadable };
}

function judgedStep(line: SnapshotLine, refusal: Refusal | undefined, judge: Judge): SnapshotLine {
  return refusal === undefined ? line : { ...line, data: { ...line.data, ...wordsOf(refusal, judge) } };
}

/** What is added to a refusal: what did it, or that AWS's words and the policies do not agree. */
function wordsOf(refusal: Refusal, judge: Judge): object {
  const { lockout, isContradicted } = judge(refusal);
  const { message } = refusal;
  if (lockout !== undefined || !isContradicted) return { ...lockout };
  const name = hintOf(message)?.name ?? 'policy';
  return { message: `${message} (no ${name} that was read does so)` };
}
