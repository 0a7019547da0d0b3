import type { Principal } from '@denyscope/model';
import type { Grant } from './layer.ts';
import type { Pair } from './pair.ts';

/** C.5: what an ACL gives: to an account by its id, or to one of the predefined groups. */
export interface AclGrant {
  readonly grantee: string;
  readonly permission: string;
}

/** Who owns the object, and what the ACLs of bucket and object say. */
export interface Ownership {
  /** C.5: `BucketOwnerEnforced`, `BucketOwnerPreferred` or `ObjectWriter`; the last where it is not given. */
  readonly ownership?: string;
  /** The account that owns the object; the bucket's where it is not given. */
  readonly objectOwner?: string;
  readonly bucketAcl?: readonly AclGrant[];
  readonly objectAcl?: readonly AclGrant[];
}

/** C.3, C.4, C.5: the pair with what ACLs grant, and for an object of another account with nothing else. */
export function withOwnership(pair: Pair, facts: Ownership, publicAclsIgnored: boolean): Pair {
  if (facts.ownership === 'BucketOwnerEnforced') return pair; // C.5: ACLs are off, and the bucket owner owns all
  const { objectOwner = pair.owner, bucketAcl = [], objectAcl = [] } = facts;
  const met = [
    ...bucketAcl.filter((grant) => gives(grant, pair.action, 1)),
    ...objectAcl.filter((grant) => gives(grant, pair.action, 2)),
  ];
  const allows = met.flatMap(({ grantee, permission }): readonly Grant[] => {
    const naming = includes(grantee, pair.caller, publicAclsIgnored);
    return naming ? [{ layer: 'acl', outcome: 'allowed', source: permission, naming }] : [];
  });
  const isForeign = objectOwner !== pair.owner && ON_EXISTING_OBJECT.test(pair.action);
  if (!isForeign)
    return { ...pair, resource: { ...pair.resource, allows: [...pair.resource.allows, ...allows] } };
  // C.3, C.4: Denies of the bucket policy count for every object, its Allows only for those of the bucket owner.
  const resource = { ...pair.resource, layer: 'ownership', source: 'C.4', allows } as const;
  return { ...pair, owner: objectOwner, resource };
}

/** C.5: a grantee is an account, whose principals still need their own policies, or a group of callers. */
function includes(
  grantee: string,
  caller: Principal,
  publicAclsIgnored: boolean,
): Grant['naming'] | undefined {
  if (!isPublicGroup(grantee))
    return 'accountId' in caller && caller.accountId === grantee ? 'account' : undefined;
  const isMember = grantee.endsWith('AllUsers') || caller.kind !== 'anonymous';
  return isMember && !publicAclsIgnored ? 'direct' : undefined; // C.7, IgnorePublicAcls
}

/** C.5: the two groups that make an ACL public. */
export function isPublicGroup(grantee: string): boolean {
  return /\/groups\/global\/(AllUsers|AuthenticatedUsers)\b/.test(grantee);
}

/** C.5, the table: what a permission gives on a bucket, and on an object. */
const PERMISSIONS = [
  ['READ', /^s3:list(bucket|bucketversions|bucketmultipartuploads)$/, /^s3:getobject(version)?$/],
  ['WRITE', /^s3:putobject$/, /^$/],
  ['READ_ACP', /^s3:getbucketacl$/, /^s3:getobject(version)?acl$/],
  ['WRITE_ACP', /^s3:putbucketacl$/, /^s3:putobject(version)?acl$/],
] as const;

function gives({ permission }: AclGrant, action: string, column: 1 | 2): boolean {
  return PERMISSIONS.some((row) => {
    return (permission === 'FULL_CONTROL' || permission === row[0]) && row[column].test(action);
  });
}

/** C.3: what is done to an existing object is for its owner to grant. C.4: deleting it is for the bucket's owner. */
const ON_EXISTING_OBJECT =
  /^s3:(getobject.*|(put|delete)object(version)?(acl|tagging|retention|legalhold|annotation)|listobject.*|restoreobject|updateobjectencryption)$/;
