import type { Principal } from '@denyscope/model';
import { supportsRcps } from '../catalogue/index.ts';
import type { CallerFacts, NodePolicies } from './question.ts';

/** AWS (B.3): organization policies do not limit service-linked roles. Sessions of one are known by the role's ARN. */
export function isServiceLinked(principal: Principal, roleArn: string | undefined): boolean {
  const arn = principal.kind === 'session' ? (roleArn ?? '') : principal.text;
  return isServiceLinkedArn(arn);
}

/** AWS (B.3): service-linked roles live under a path that nobody else can use. */
export function isServiceLinkedArn(arn: string): boolean {
  return /^arn:[^:]+:iam::\d{12}:role\/aws-service-role\//.test(arn);
}

/** AWS (B.3): RCPs judge actions with a resource type, of the services that support them, but kms:RetireGrant. */
function rcpsReach(action: string): boolean {
  const name = action.toLowerCase();
  return supportsRcps(name.slice(0, name.indexOf(':'))) && name !== 'kms:retiregrant';
}

/** The RCPs that judge this caller's action on a resource under them. */
export function rcpsFor(
  { principal, roleArn }: Pick<CallerFacts, 'principal' | 'roleArn'>,
  action: string,
  rcps: readonly NodePolicies[] | undefined,
): readonly NodePolicies[] | undefined {
  return isServiceLinked(principal, roleArn) || !rcpsReach(action) ? undefined : rcps;
}

/** AWS (B.5, A-GBP): the bucket policy's own actions end in 405 outside the owner's account. */
const BUCKET_POLICY_ACTION = /^s3:(get|put|delete)bucketpolicy$/i;

/** AWS (B.5, S-APL): the management of access points does not support calls from another account. */
const ACCESS_POINT_MANAGEMENT = /^s3:\w*accesspoint/i;

/** AWS (D.4, K-XACC): cryptographic operations, and those that the page lists. */
const KEY_ACTION_ACROSS_ACCOUNTS =
  /^kms:(reencrypt(from|to)|decrypt|encrypt|generate\w+|sign|verify(mac)?|derivesharedsecret|creategrant|describekey|getkeyrotationstatus|getpublickey|listgrants|retiregrant|revokegrant)$/i;

/** Does the action work at all on a resource of another account? */
export function worksAcrossAccounts(action: string, onKey: boolean): boolean {
  if (onKey) return KEY_ACTION_ACROSS_ACCOUNTS.test(action);
  return !BUCKET_POLICY_ACTION.test(action) && !ACCESS_POINT_MANAGEMENT.test(action);
}

/** AWS (A.1, B.4): actions on a role that its trust policy judges, which names no resource. */
export function isOfTrust(action: string): boolean {
  return /^sts:(assumerole|tagsession|setsourceidentity|setcontext)/i.test(action);
}

/** AWS (B.6, A-GBP): the bucket policy cannot lock the owner's root user out of the bucket policy. */
export function mendsBucketPolicy(principal: Principal, action: string, ownerAccountId: string): boolean {
  return (
    principal.kind === 'root' && principal.accountId === ownerAccountId && BUCKET_POLICY_ACTION.test(action)
  );
}

/** What is taken for granted of a caller that comes with a session, which no scan sees (B.4). */
export function sessionAssumptions({ principal, session, identity }: CallerFacts): readonly string[] {
  const { kind } = principal;
  if (kind !== 'role' && kind !== 'session' && kind !== 'federated') return [];
  const isNobodys = identity.some(({ isSparing = false }) => isSparing);
  return [
    ...(session === undefined ? ['no session policy'] : []),
    'no session tags',
    ...(isNobodys ? ['no Deny of the user behind the federated session'] : []),
  ];
}
