import type { Node } from '../../expression/expressions.ts';
import type { Ask, Grant } from '../layer.ts';
import { foreignOwnerOf, ownerEnforced } from '../object-owner.ts';
import type { AclGrantFacts, S3Question } from '../question.ts';
import { blockFlag } from './block-public-access.ts';
import { hiddenFact, type Gate, type GatePart } from './gate.ts';

const ALL_USERS = 'http://acs.amazonaws.com/groups/global/AllUsers';
const AUTHENTICATED_USERS = 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers';

const FULL_CONTROL = 'FULL_CONTROL';

type Permissions = ReadonlyMap<string, ReadonlySet<string>>;

/** What each permission of a bucket's ACL grants: semantics.md C.5. READ on the bucket reads no object. */
const ON_BUCKET = withFullControl({
  READ: ['s3:listbucket', 's3:listbucketversions', 's3:listbucketmultipartuploads'],
  WRITE: ['s3:putobject'],
  READ_ACP: ['s3:getbucketacl'],
  WRITE_ACP: ['s3:putbucketacl'],
});

/** What each permission of an object's ACL grants: semantics.md C.5. */
const ON_OBJECT = withFullControl({
  READ: ['s3:getobject', 's3:getobjectversion'],
  READ_ACP: ['s3:getobjectacl', 's3:getobjectversionacl'],
  WRITE_ACP: ['s3:putobjectacl', 's3:putobjectversionacl'],
});

function withFullControl(rows: Readonly<Record<string, readonly string[]>>): Permissions {
  const all = new Set(Object.values(rows).flat());
  return new Map([
    ...Object.entries(rows).map(([permission, actions]) => [permission, new Set(actions)] as const),
    [FULL_CONTROL, all],
  ]);
}

/** AWS (C.5): an ACL only grants, to accounts and groups, and counts only where Object Ownership leaves it on. */
export const acl: Gate = (question, ask) => {
  const { bucket, object } = question;
  const action = ask.action.toLowerCase();
  const ofBucket = ON_BUCKET.get(FULL_CONTROL)?.has(action) === true;
  const ofObject = ON_OBJECT.get(FULL_CONTROL)?.has(action) === true;
  const enforced = ownerEnforced(bucket, ask);
  if (enforced === ask.x.yes) return partOf([], ask, 'ACLs are disabled: the bucket owner is enforced');
  if (ofBucket && bucket.acl.kind !== 'absent') return bucketAcl(question, enforced, ask);
  if (!ofObject) return partOf([], ask, '');
  if (object?.grants) {
    const list = { question, on: objectName(question), permissions: ON_OBJECT };
    const [grants, ignored] = grantsOf(object.grants, list, enforced, ask);
    return { ...partOf(grants, ask, ''), ignored };
  }
  const isForeign = foreignOwnerOf(question) !== undefined;
  const assumed = isForeign ? 'the ACL of the object grants to its owner only' : 'no object ACL grants';
  return { ...partOf([], ask, ''), assumptions: [assumed] };
};

function bucketAcl(question: S3Question, enforced: Node, ask: Ask): GatePart {
  const { bucket } = question;
  const { acl: list } = bucket;
  if (list.kind === 'seen') {
    const named = { question, on: bucket.arn, permissions: ON_BUCKET };
    const [grants, ignored] = grantsOf(list.value, named, enforced, ask);
    return { ...partOf(grants, ask, ''), ignored };
  }
  if (list.kind === 'absent') return partOf([], ask, '');
  const { x } = ask;
  const document = `${bucket.arn}#acl`;
  const may = x.atom({ kind: 'unreadable', leg: 's3', document, reason: list.reason, may: 'grant' });
  const when = x.all([x.not(enforced), may]);
  return partOf([{ as: 'everyone', when, statement: undefined }], ask, `${document} could not be read`);
}

/** The ARN of the object, or of all objects where its key is open. */
function objectName({ bucket, objects }: S3Question): string {
  if (objects.kind === 'key') return `${bucket.arn}/${objects.key}`;
  return `${bucket.arn}/${objects.kind === 'like' ? objects.pattern : '*'}`;
}

/** An ACL: in whose question, what it lies on, and what its permissions mean there. */
interface List {
  readonly question: S3Question;
  readonly on: string;
  readonly permissions: Permissions;
}

/** The grants of a list that count, and those that would but for IgnorePublicAcls. */
function grantsOf(
  listed: readonly AclGrantFacts[],
  { question, on, permissions }: List,
  enforced: Node,
  ask: Ask,
): readonly [counting: readonly Grant[], ignored: readonly Grant[]] {
  const { x } = ask;
  const counting: Grant[] = [];
  const ignored: Grant[] = [];
  for (const [at, grant] of listed.entries()) {
    if (permissions.get(grant.permission)?.has(ask.action.toLowerCase()) !== true) continue;
    const match = granteeMatch(grant, question, ask);
    if (!match) continue;
    const { as, when, isPublic } = match;
    const statement = {
      document: `${on}#acl`,
      layer: 'acl',
      effect: 'Allow',
      sid: null,
      path: `/Grants/${at}`,
      attachedTo: on,
    } as const;
    const counts = x.all([x.not(enforced), when]);
    if (counts !== x.no) counting.push({ as, when: counts, statement });
    if (isPublic && when !== x.yes) ignored.push({ as, when: x.not(enforced), statement });
  }
  return [counting, ignored];
}

interface GranteeMatch {
  readonly as: Grant['as'];
  readonly when: Node;
  readonly isPublic: boolean;
}

/** Whom the grant names, of this caller: its account, or everybody. */
function granteeMatch(grant: AclGrantFacts, question: S3Question, ask: Ask): GranteeMatch | undefined {
  const { caller, x } = ask;
  const toEveryone = grant.grantee === ALL_USERS;
  const toSigned = grant.grantee === AUTHENTICATED_USERS && caller.principal.kind !== 'anonymous';
  // AWS (C.7): IgnorePublicAcls takes every public grant out of account.
  if (toEveryone || toSigned) {
    return { as: 'everyone', when: x.not(blockFlag('ignorePublicAcls', question, ask)), isPublic: true };
  }
  return /^https?:/.test(grant.grantee) ? undefined : accountMatch(grant, ask);
}

/** AWS (C.5): an account is named by its canonical user id. One that the scan cannot place may be the caller's. */
function accountMatch({ grantee, accountId }: AclGrantFacts, ask: Ask): GranteeMatch | undefined {
  const { caller, x } = ask;
  if (caller.accountId === undefined) return undefined;
  if (grantee === caller.canonicalUserId || accountId === caller.accountId) {
    return { as: 'account', when: x.yes, isPublic: false };
  }
  if (caller.canonicalUserId !== undefined || accountId !== undefined) return undefined;
  const document = `canonical user id of ${caller.accountId}`;
  const when = hiddenFact(document, `NotCollected: it may be ${grantee}`, ask);
  return { as: 'account', when, isPublic: false };
}

function partOf(grants: readonly Grant[], { x }: Ask, note: string): GatePart {
  const report = {
    leg: 's3',
    layer: 'acl',
    applicable: grants.length > 0,
    allows: x.any(grants.map((grant) => grant.when)),
    spares: x.yes,
    statements: grants.flatMap(({ statement }) => (statement ? [statement] : [])),
    note,
  } as const;
  return { constraints: [], reports: [report], grants };
}
