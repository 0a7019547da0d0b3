import type { Combined } from '../combine.ts';
import type { Ask, Grant } from '../layer.ts';
import type { AclGrantFacts, BucketFacts } from '../question.ts';
import type { Gate } from './gate.ts';

const ALL_USERS = 'http://acs.amazonaws.com/groups/global/AllUsers';
const AUTHENTICATED_USERS = 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers';

/** What each permission of a bucket's ACL grants: semantics.md C.5. READ on the bucket reads no object. */
const BUCKET_PERMISSIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ['READ', ['s3:listbucket', 's3:listbucketversions', 's3:listbucketmultipartuploads']],
  ['WRITE', ['s3:putobject']],
  ['READ_ACP', ['s3:getbucketacl']],
  ['WRITE_ACP', ['s3:putbucketacl']],
]);

const ACL_ACTIONS: ReadonlySet<string> = new Set([...BUCKET_PERMISSIONS.values()].flat());

/** AWS (C.5): an ACL only grants, to accounts and groups, and counts only where Object Ownership leaves it on. */
export const acl: Gate = ({ bucket }, ask) => {
  const { x } = ask;
  const { ownership, acl: list } = bucket;
  if (ownership.kind === 'seen' && ownership.value === 'BucketOwnerEnforced') {
    return partOf([], ask, 'ACLs are disabled: the bucket owner is enforced');
  }
  if (!ACL_ACTIONS.has(ask.action.toLowerCase())) return partOf([], ask, '');
  const hidden = ownership.kind === 'unreadable' ? ownership : list.kind === 'unreadable' ? list : undefined;
  if (hidden) {
    const document = `${bucket.arn}#${ownership.kind === 'unreadable' ? 'ownership' : 'acl'}`;
    const when = x.atom({ kind: 'unreadable', leg: 's3', document, reason: hidden.reason, may: 'grant' });
    const grants: readonly Grant[] = [{ as: 'everyone', when, statement: undefined }];
    return partOf(grants, ask, `${document} could not be read`);
  }
  const listed = list.kind === 'seen' ? list.value : [];
  return partOf(
    listed.flatMap((grant, at) => grantOf({ bucket, grant, at }, ask)),
    ask,
    '',
  );
};

interface Listed {
  readonly bucket: BucketFacts;
  readonly grant: AclGrantFacts;
  readonly at: number;
}

function grantOf({ bucket, grant, at }: Listed, ask: Ask): readonly Grant[] {
  const { caller, x } = ask;
  const actions =
    grant.permission === 'FULL_CONTROL' ? ACL_ACTIONS : new Set(BUCKET_PERMISSIONS.get(grant.permission));
  if (!actions.has(ask.action.toLowerCase())) return [];
  const statement = {
    document: `${bucket.arn}#acl`,
    layer: 'acl',
    effect: 'Allow',
    sid: null,
    path: `/Grants/${at}`,
    attachedTo: bucket.arn,
  } as const;
  if (grant.grantee === caller.canonicalUserId) return [{ as: 'account', when: x.yes, statement }];
  const toEveryone = grant.grantee === ALL_USERS;
  const toSigned = grant.grantee === AUTHENTICATED_USERS && caller.principal.kind !== 'anonymous';
  if (!toEveryone && !toSigned) return [];
  // AWS (C.7): IgnorePublicAcls takes every public grant out of account.
  const { ignorePublicAcls } = bucket.block;
  if (ignorePublicAcls.kind === 'seen' && ignorePublicAcls.value) return [];
  if (ignorePublicAcls.kind !== 'unreadable') return [{ as: 'everyone', when: x.yes, statement }];
  const document = `${bucket.arn}#public-access-block`;
  const when = x.atom({
    kind: 'unreadable',
    leg: 's3',
    document,
    reason: ignorePublicAcls.reason,
    may: 'grant',
  });
  return [{ as: 'everyone', when, statement }];
}

function partOf(grants: readonly Grant[], { x }: Ask, note: string): Combined {
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
