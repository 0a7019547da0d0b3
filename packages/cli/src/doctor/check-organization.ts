import { type CallerIdentity, type CollectOptions, type TriedRead } from '@denyscope/collect';
import { accountState } from '@denyscope/model';
import { type Environment, redact } from '@denyscope/ops';
import { count } from '../render/statement.ts';
import { type Checked, failed, notChecked, ok, warning } from './checked.ts';

const CREDENTIALS = 'credentials';
const ORGANIZATION = 'organization';
const POLICIES = 'policies';
const ACCOUNTS = 'accounts';

/** Whose credentials there are; undefined where nobody's. */
export interface CredentialChecks {
  readonly checked: Checked;
  readonly caller: CallerIdentity | undefined;
}

export async function checkCredentials(
  collecting: CollectOptions,
  environment: Environment,
): Promise<CredentialChecks> {
  const { callerIdentity } = await import('@denyscope/collect');
  const caller = await callerIdentity(collecting);
  const where = endpointOf(environment);
  const place = where === undefined ? '' : `, by ${where} and not by AWS`;
  if (caller.kind === 'seen') {
    return { checked: ok(CREDENTIALS, `account ${caller.accountId}, ${caller.arn}${place}`), caller };
  }
  const { reason, message } = caller;
  const found = `${reason}: ${firstLine(message)}${place}`;
  return { checked: failed(CREDENTIALS, found, adviceOn(reason, where)), caller: undefined };
}

function endpointOf(environment: Environment): string | undefined {
  const name = ['AWS_ENDPOINT_URL_STS', 'AWS_ENDPOINT_URL'].find((variable) => environment[variable]);
  return name === undefined ? undefined : `${name} (${redact(environment[name] ?? '')})`;
}

/** By the beginning of AWS's code, of Node's, or of the SDK's name of an error. */
const ADVICE: readonly (readonly [beginning: string, advice: string])[] = [
  [
    'CredentialsProviderError',
    'set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run where a role is: `aws sts get-caller-identity` must work in this shell',
  ],
  ['Expired', 'the credentials have ended: sign in again (`aws sso login`), or fetch new ones'],
  ['TokenProviderError', 'the session of single sign-on has ended: `aws sso login`'],
  ['InvalidClientTokenId', 'AWS does not know this access key: is it deleted, or of another partition?'],
  ['SignatureDoesNotMatch', "the secret key is not the access key's, or this machine's clock is wrong"],
  ['RequestTimeTooSkewed', "mend this machine's clock: AWS refuses requests that are minutes off"],
];

function adviceOn(reason: string, endpoint: string | undefined): string {
  const known = ADVICE.find(([beginning]) => reason.startsWith(beginning));
  if (known !== undefined) return known[1];
  const what = endpoint ?? 'sts.REGION.amazonaws.com';
  return `is ${what} reachable from here? A proxy, a firewall or a wrong AWS_REGION may be in the way`;
}

/** AWS's own words, as far as one line goes. */
export function firstLine(message: string): string {
  return redact(message.split('\n', 1)[0] ?? '');
}

/** The organization, as far as the checks that follow need it. */
export interface OrganizationChecks {
  readonly checked: readonly Checked[];
  readonly managementAccountId: string | undefined;
  /** Accounts that can be entered: those that are active. */
  readonly active: readonly string[];
}

const READS = {
  describe: 'organizations:DescribeOrganization',
  roots: 'organizations:ListRoots',
  policies: 'organizations:ListPolicies(SERVICE_CONTROL_POLICY)',
  accounts: 'organizations:ListAccounts',
} as const;

export async function checkOrganization(
  collecting: CollectOptions,
  caller: CallerIdentity,
): Promise<OrganizationChecks> {
  const { tryReads } = await import('@denyscope/collect');
  const tried = await tryReads(collecting, Object.values(READS));
  const of = (id: string): TriedRead | undefined => tried.find((read) => read.id === id);
  const { described, managementAccountId } = checkDescribed(of(READS.describe), caller);
  if (described.outcome === 'failed') return { checked: [described], managementAccountId, active: [] };
  const { listed, active } = checkAccounts(of(READS.accounts));
  const checked = [described, checkPolicies(of(READS.roots), of(READS.policies)), listed];
  return { checked, managementAccountId, active };
}

function checkDescribed(read: TriedRead | undefined, caller: CallerIdentity) {
  const [organization = {}] = read?.items ?? [];
  const manager = organization['MasterAccountId'];
  const managementAccountId = typeof manager === 'string' ? manager : undefined;
  return { described: describedAs(read, caller, managementAccountId), managementAccountId };
}

function describedAs(
  read: TriedRead | undefined,
  { accountId }: CallerIdentity,
  managementAccountId: string | undefined,
): Checked {
  if (read?.outcome === 'absent') {
    const advice = 'use credentials of the management account, or of a delegated administrator';
    return failed(ORGANIZATION, `account ${accountId} is in no organization`, advice);
  }
  if (read?.outcome !== 'answered') return failed(ORGANIZATION, whyNot(read), SCANNER_POLICY);
  const [organization = {}] = read.items;
  const role = accountId === managementAccountId ? 'its management account' : 'a member account';
  const found = `${String(organization['Id'])}, the credentials are of ${role}`;
  if (organization['FeatureSet'] === 'ALL') return ok(ORGANIZATION, found);
  const advice = 'organization policies need all features; without them, none limits anything';
  return warning(ORGANIZATION, `${found}, consolidated billing only`, advice);
}

const SCANNER_POLICY = 'attach deploy/aws/scanner-policy.json to the role that the scanner runs as';
const DELEGATION =
  'outside of the management account also: deploy/aws/organization-delegation.json, put there as the resource policy of the organization';

function whyNot(read: TriedRead | undefined): string {
  return read === undefined ? 'nobody asked' : `${read.id}: ${read.reason}: ${firstLine(read.message)}`;
}

function checkPolicies(roots: TriedRead | undefined, policies: TriedRead | undefined): Checked {
  const unread = [roots, policies].filter((read) => read?.outcome === 'unreadable');
  if (unread.length > 0) return failed(POLICIES, unread.map(whyNot).join('\n'), SCANNER_POLICY, DELEGATION);
  const types = (roots?.items ?? []).flatMap(({ PolicyTypes }): readonly unknown[] =>
    Array.isArray(PolicyTypes) ? PolicyTypes : [],
  );
  const enabled = types.flatMap(enabledName);
  const found = enabled.length === 0 ? 'no type is enabled' : `enabled: ${enabled.join(', ')}`;
  return ok(POLICIES, `${found}; they can be listed`);
}

function enabledName(type: unknown): readonly string[] {
  if (typeof type !== 'object' || type === null || Reflect.get(type, 'Status') !== 'ENABLED') return [];
  return [String(Reflect.get(type, 'Type'))];
}

function checkAccounts(read: TriedRead | undefined) {
  if (read?.outcome !== 'answered') {
    return { listed: failed(ACCOUNTS, whyNot(read), SCANNER_POLICY, DELEGATION), active: [] };
  }
  const active = read.items
    .filter((account) => (accountState(account) ?? 'ACTIVE') === 'ACTIVE')
    .map(({ Id }) => String(Id));
  const found = `${count(active.length, 'active account')} of ${read.items.length}`;
  return { listed: ok(ACCOUNTS, found), active };
}

/** What follows from credentials, where there are none. */
export function withoutCredentials(): readonly Checked[] {
  return [ORGANIZATION, POLICIES, ACCOUNTS].map((check) => notChecked(check, 'there are no credentials'));
}
