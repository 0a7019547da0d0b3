import {
  type CallerIdentity,
  type CollectOptions,
  type RoleOptions,
  type TriedRead,
} from '@denyscope/collect';
import { count } from '../render/statement.ts';
import { type Checked, failed, notChecked, ok, warning } from './checked.ts';
import { firstLine } from './check-organization.ts';

const ROLE = 'role';
const CALLS = 'calls';

/** Which accounts to enter, and how. */
export interface RoleQuestion {
  readonly collecting: CollectOptions;
  readonly role: RoleOptions;
  readonly caller: CallerIdentity;
  readonly accounts: readonly string[];
  /** How many there are that these are a part of. */
  readonly total: number;
}

/** Enters the role in some accounts, and in the first that lets in makes a call of each service. */
export async function checkRoles(question: RoleQuestion): Promise<readonly Checked[]> {
  if (question.accounts.length === 0) {
    return [notChecked(ROLE, 'no account is known to enter'), notChecked(CALLS, 'no account was entered')];
  }
  const { callLimit, callerIdentity } = await import('@denyscope/collect');
  const limit = callLimit(ENTRIES_AT_A_TIME);
  const { collecting, role } = question;
  const entries = await Promise.all(
    question.accounts.map(async (accountId): Promise<Entry> => {
      const entered = await limit(() => callerIdentity({ ...collecting, accountId, role }));
      if (entered.kind === 'seen') return { accountId, refusal: undefined };
      return { accountId, refusal: `${entered.reason}: ${firstLine(entered.message)}` };
    }),
  );
  const entrance = entries.find(({ refusal }) => refusal === undefined)?.accountId;
  return [checkEntries(entries, question), await checkCalls(question, entrance)];
}

const ENTRIES_AT_A_TIME = 10;

interface Entry {
  readonly accountId: string;
  /** Why it could not be entered. */
  readonly refusal: string | undefined;
}

/** Accounts that are named; of the others, the number. */
const NAMED = 5;

/** A line for each reason: whom it befell, and AWS's words about the first. */
function refusals(shut: readonly Entry[]): readonly string[] {
  const groups = new Map<string, Entry[]>();
  for (const entry of shut) {
    const reason = entry.refusal?.split(':', 1)[0] ?? '';
    groups.set(reason, [...(groups.get(reason) ?? []), entry]);
  }
  return [...groups.values()].map((group) => {
    const named = group.slice(0, NAMED).map(({ accountId }) => accountId);
    const more = group.length > NAMED ? ` and ${group.length - NAMED} more` : '';
    return `${named.join(', ')}${more}: ${group[0]?.refusal ?? ''}`;
  });
}

function checkEntries(entries: readonly Entry[], { role, caller, total }: RoleQuestion): Checked {
  const shut = entries.filter(({ refusal }) => refusal !== undefined);
  const of = entries.length === total ? '' : ` (of ${total})`;
  if (shut.length === 0) {
    return ok(
      ROLE,
      `${role.roleName} lets the scanner in: tried in ${count(entries.length, 'account')}${of}`,
    );
  }
  const found = [
    `${role.roleName} cannot be entered in ${shut.length} of ${count(entries.length, 'account')}`,
    ...refusals(shut),
  ];
  const tell = shut.length === entries.length ? failed : warning;
  return tell(ROLE, found.join('\n'), ...adviceOn(role, caller));
}

/** AWS answers the same AccessDenied whether the role is missing or does not trust. */
function adviceOn({ roleName, externalId }: RoleOptions, { arn }: CallerIdentity): readonly string[] {
  return [
    `is there a role ${roleName}? deploy/aws/member-role.json makes it; a StackSet leaves out the management account`,
    `does it trust ${arn}? It must trust the role itself, not a session of it`,
    externalId === undefined
      ? 'does its trust policy ask for an external id? Set DENYSCOPE_EXTERNAL_ID: none is set'
      : 'is the external id in its trust policy the one in DENYSCOPE_EXTERNAL_ID?',
    `may the scanner enter it? deploy/aws/scanner-policy.json allows sts:AssumeRole; an SCP may deny it`,
  ];
}

/** A read of each service, with few items. */
const ONE_OF_EACH = [
  's3:ListBuckets',
  's3:GetAccountPublicAccessBlock',
  'iam:ListSAMLProviders',
  'kms:ListKeys',
  'ec2:DescribeRegions',
  'cloudtrail:DescribeTrails',
] as const;

async function checkCalls(
  { collecting, role }: RoleQuestion,
  accountId: string | undefined,
): Promise<Checked> {
  if (accountId === undefined) return notChecked(CALLS, 'no account was entered');
  const { tryReads } = await import('@denyscope/collect');
  const tried = await tryReads({ ...collecting, accountId, role }, ONE_OF_EACH);
  const unread = tried.filter(({ outcome }) => outcome === 'unreadable');
  if (unread.length === 0)
    return ok(CALLS, `in account ${accountId}: ${tried.map(({ id }) => id).join(', ')}`);
  const said = unread.map(({ id, reason, message }) => `${id}: ${reason}: ${firstLine(message)}`);
  const found = [`in account ${accountId}, ${unread.length} of ${tried.length} calls failed`, ...said];
  return failed(CALLS, found.join('\n'), ...callAdvice(unread));
}

function callAdvice(unread: readonly TriedRead[]): readonly string[] {
  const denied = unread.some(({ reason }) => reason === 'AccessDenied');
  const rest = unread.some(({ reason }) => reason !== 'AccessDenied');
  return [
    ...(denied
      ? ["bring the role's policy up to date with deploy/aws/member-role.json; an SCP may deny it too"]
      : []),
    ...(rest ? ['are the endpoints of these services reachable from here, and is the Region enabled?'] : []),
  ];
}

/** Up to five accounts: that of the management first, where a StackSet puts no role, and the others spread out. */
export function sampleOf(active: readonly string[], first: string | undefined, size = 5): readonly string[] {
  const others = active.filter((accountId) => accountId !== first).toSorted();
  const heads = first !== undefined && active.includes(first) ? [first] : [];
  const wanted = size - heads.length;
  if (others.length <= wanted) return [...heads, ...others];
  const picked = Array.from(
    { length: wanted },
    (_, place) => others[Math.floor((place * others.length) / wanted)],
  );
  return [...heads, ...picked.flatMap((accountId) => accountId ?? [])];
}
