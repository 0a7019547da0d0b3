import { NOT_COLLECTED, type StatementRef } from '@denyscope/model';
import { isPublicPolicy, publicStatements, type PolicyHolder } from '../../public-policy.ts';
import type { Node } from '../../expression/expressions.ts';
import type { Ask } from '../layer.ts';
import type { PolicySource } from '../policy-source.ts';
import type { AccessPointFacts, BucketFacts, EffectiveBlock, S3Question } from '../question.ts';
import { flagNode, gateOf, hiddenFact, valueNode, type Gate, type GatePart } from './gate.ts';

/**
 * AWS (C.7): where RestrictPublicBuckets is in force and the policy of the bucket, or of the access point, is public,
 * only AWS services and principals of the two owners' accounts pass; where BlockPublicAcls is, no public ACL is set.
 */
export const blockPublicAccess: Gate = (question, ask) => {
  const { x } = ask;
  const { bucket, via } = question;
  const restricts = blockFlag('restrictPublicBuckets', question, ask);
  const isPublic = x.any([
    publicNode(bucket, 'bucket', ask),
    via.accessPoint ? pointIsPublic(via.accessPoint, ask) : x.no,
  ]);
  const blocks = isOutsider(question) ? x.all([restricts, isPublic]) : x.no;
  const part = gateOf(
    {
      leg: 's3',
      layer: 'block-public-access',
      explicit: true,
      holds: x.not(blocks),
      applicable: true,
      note: blocks === x.no ? policyNote(question) : 'RestrictPublicBuckets is on and the policy is public',
      statements: blocks === x.no ? [] : taintsOf(question),
    },
    x,
  );
  return { ...part, forms: publicAclForms(question, ask) };
};

/** AWS (C.7): the most restrictive of organization, account, bucket and access point counts, flag by flag. */
export function blockFlag(
  flag: keyof EffectiveBlock,
  { bucket, via }: Pick<S3Question, 'bucket' | 'via'>,
  ask: Ask,
): Node {
  const owners = via.accessPoint ? [bucket, via.accessPoint] : [bucket];
  return ask.x.any(owners.map(({ arn, block }) => flagNode(block[flag], `${arn}#public-access-block`, ask)));
}

/** AWS (C.7): neither a service nor of the account of the bucket or the access point. */
function isOutsider({ caller, bucket, via }: S3Question): boolean {
  if (caller.principal.kind === 'service') return false;
  const owners = [bucket.account.accountId, via.accessPoint?.account.accountId];
  return caller.account === undefined || !owners.includes(caller.account.accountId);
}

/** AWS's own answer decides where it was read (I.5, I.16); else the policy's text does. */
function publicNode(
  { policy: source, policyIsPublic }: Pick<BucketFacts, 'policy' | 'policyIsPublic'>,
  holder: PolicyHolder,
  ask: Ask,
): Node {
  if (policyIsPublic.kind === 'seen') return ask.x.of(policyIsPublic.value);
  const { policy } = source;
  if (policy.kind === 'unreadable') return hiddenFact(source.document, policy.reason, ask);
  return ask.x.of(policy.kind === 'seen' && isPublicPolicy(policy.value, holder));
}

/** AWS (C.7): an access point that takes calls from its VPC only is never public. */
function pointIsPublic(point: AccessPointFacts, ask: Ask): Node {
  if (point.networkOrigin === 'VPC') return ask.x.no;
  const isPublic = publicNode(point, 'access-point', ask);
  if (point.networkOrigin === 'Internet') return isPublic;
  const ofInternet = hiddenFact(`${point.arn}#network-origin`, NOT_COLLECTED, ask);
  return ask.x.all([ofInternet, isPublic]);
}

function taintsOf({ bucket, via }: S3Question): readonly StatementRef[] {
  const point = via.accessPoint;
  const ofPoint =
    point && point.networkOrigin !== 'VPC' ? taintOf(point.policy, point.arn, 'access-point') : [];
  return [...taintOf(bucket.policy, bucket.arn, 'bucket'), ...ofPoint];
}

function taintOf(source: PolicySource, attachedTo: string, holder: PolicyHolder): readonly StatementRef[] {
  if (source.policy.kind !== 'seen') return [];
  return publicStatements(source.policy.value, holder).map(({ sid, path, effect }) => ({
    document: source.document,
    layer: 'block-public-access',
    effect,
    sid,
    path,
    attachedTo,
  }));
}

/** AWS (C.7): BlockPublicPolicy refuses a policy for what it says, which no request here holds. */
function policyNote({ action, bucket }: S3Question): string {
  const { blockPublicPolicy } = bucket.block;
  const isOn = blockPublicPolicy.kind === 'seen' && blockPublicPolicy.value;
  const writes = action.toLowerCase() === 's3:putbucketpolicy';
  return isOn && writes ? 'BlockPublicPolicy is on: a policy that is public is refused' : '';
}

const ACL_WRITES: ReadonlySet<string> = new Set([
  's3:putobject',
  's3:putobjectacl',
  's3:putobjectversionacl',
  's3:putbucketacl',
]);

const CANNED_ACL = 's3:x-amz-acl';
const PUBLIC_ACLS = ['public-read', 'public-read-write', 'authenticated-read'] as const;
const GRANT_HEADERS = [
  's3:x-amz-grant-full-control',
  's3:x-amz-grant-read',
  's3:x-amz-grant-read-acp',
  's3:x-amz-grant-write',
  's3:x-amz-grant-write-acp',
] as const;

/** AWS (C.7): BlockPublicAcls refuses a request that sets a public ACL. */
function publicAclForms(question: S3Question, ask: Ask): NonNullable<GatePart['forms']> {
  const { x } = ask;
  const blocks = blockFlag('blockPublicAcls', question, ask);
  if (blocks === x.no || !ACL_WRITES.has(ask.action.toLowerCase())) return [];
  const holds = x.not(x.all([blocks, carriesPublicAcl(ask)]));
  const note = holds === x.yes ? '' : 'BlockPublicAcls is on: no public ACL is accepted';
  return [
    {
      keys: [CANNED_ACL, ...GRANT_HEADERS],
      verdict: { leg: 's3', layer: 'block-public-access', explicit: true, holds, applicable: true, note },
      assumption: 'the request sets no public ACL',
    },
  ];
}

function carriesPublicAcl({ context, x }: Ask): Node {
  const canned = context.stateOf(CANNED_ACL);
  const granted = GRANT_HEADERS.some((key) => {
    const state = context.stateOf(key);
    return state.kind === 'known' && state.values.some((value) => PUBLIC_GROUP.test(value));
  });
  return x.any([x.of(granted), ...PUBLIC_ACLS.map((acl) => valueNode(CANNED_ACL, acl, canned, x))]);
}

/** AWS (C.5): the two groups whose members are everybody. */
const PUBLIC_GROUP = /\/groups\/global\/(AllUsers|AuthenticatedUsers)/;
