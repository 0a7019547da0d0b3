import { namedActions, type NamedActions } from '../actions.ts';
import type { Remark, Rule } from '../rule.ts';
import type { Placed } from '../subject.ts';

/** AWS (A.4, C.1): names of API calls that are often taken for actions, and the actions that they need. */
const API_CALLS: ReadonlyMap<string, string> = new Map([
  ['s3:headobject', 's3:GetObject'],
  ['s3:headbucket', 's3:ListBucket'],
  ['s3:listobjects', 's3:ListBucket'],
  ['s3:listobjectsv2', 's3:ListBucket'],
  ['s3:listobjectversions', 's3:ListBucketVersions'],
  ['s3:listmultipartuploads', 's3:ListBucketMultipartUploads'],
  ['s3:listparts', 's3:ListMultipartUploadParts'],
  ['s3:listbuckets', 's3:ListAllMyBuckets'],
  ['s3:copyobject', 's3:GetObject and s3:PutObject'],
  ['s3:uploadpart', 's3:PutObject'],
  ['s3:createmultipartupload', 's3:PutObject'],
  ['s3:completemultipartupload', 's3:PutObject'],
  ['s3:deleteobjects', 's3:DeleteObject'],
  ['s3:selectobjectcontent', 's3:GetObject'],
  ['s3:getbucketencryption', 's3:GetEncryptionConfiguration'],
  ['s3:putbucketencryption', 's3:PutEncryptionConfiguration'],
  ['s3:deletebucketencryption', 's3:PutEncryptionConfiguration'],
  ['s3:getpublicaccessblock', 's3:GetBucketPublicAccessBlock or s3:GetAccountPublicAccessBlock'],
  ['s3:putpublicaccessblock', 's3:PutBucketPublicAccessBlock or s3:PutAccountPublicAccessBlock'],
  ['s3:getbucketlifecycle', 's3:GetLifecycleConfiguration'],
  ['s3:getbucketlifecycleconfiguration', 's3:GetLifecycleConfiguration'],
  ['s3:putbucketlifecycleconfiguration', 's3:PutLifecycleConfiguration'],
  ['s3:getbucketreplication', 's3:GetReplicationConfiguration'],
  ['s3:putbucketreplication', 's3:PutReplicationConfiguration'],
  ['s3:getobjectlockconfiguration', 's3:GetBucketObjectLockConfiguration'],
  ['s3:putobjectlockconfiguration', 's3:PutBucketObjectLockConfiguration'],
  ['s3:deletebuckettagging', 's3:PutBucketTagging'],
]);

/** An action that AWS's reference does not list grants and denies nothing. */
export const unknownAction: Rule = {
  name: 'unknown-action',
  source: 'A.4',
  check: ({ options, statements }) => {
    // AWS knows its actions better than its reference does, which drops those of services that have ended.
    if (options.owner === 'aws') return [];
    const services = new Set<string>();
    return statements
      .flatMap(({ actions }) => actions)
      .flatMap((action) => {
        const named = namedActions(action.text);
        if (named.kind !== 'unknown-service') return remarkOn(action, named);
        // Once a service, in AWS's long lists too.
        if (services.has(named.service)) return [];
        services.add(named.service);
        return remarkOn(action, named);
      });
  },
};

function remarkOn({ path, text }: Placed, named: NamedActions): readonly Remark[] {
  switch (named.kind) {
    case 'every':
      return [];
    case 'malformed':
      return [{ path, severity: 'error', message: `\`${text}\` names no action: expected service:Action` }];
    case 'unknown-service':
      return [{ path, severity: 'warning', message: `AWS's reference has no service \`${named.service}\`` }];
    case 'named':
      if (named.actions.length > 0) return [];
      return [
        { path, severity: severityOf(text, named.isLiteral), message: messageOf(text, named.isLiteral) },
      ];
  }
}

/** Of S3, KMS and STS the reference is looked at closely; elsewhere an action may be newer than it. */
function severityOf(text: string, isLiteral: boolean): Remark['severity'] {
  return isLiteral && /^(s3|kms|sts):/i.test(text) ? 'error' : 'warning';
}

function messageOf(text: string, isLiteral: boolean): string {
  if (!isLiteral) return `\`${text}\` matches no action`;
  const meant = API_CALLS.get(text.toLowerCase());
  if (meant === undefined) return `there is no action \`${text}\``;
  return `\`${text}\` is the name of a call, and no action: it needs ${meant}`;
}
