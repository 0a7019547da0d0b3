import {
  accountOf,
  BUCKET,
  callerAccount,
  callerText,
  keyArn,
  ORGANIZATION,
  pointArn,
  REGION,
} from './names.ts';
import type { OwnPolicy, ResourcePolicy, Scene } from './scene.ts';

/** One statement, or several. */
export type Document = Readonly<Record<string, unknown>>;

function documentOf(...statements: readonly Document[]): Document {
  return { Version: '2012-10-17', Statement: statements };
}

const ALLOW = { Effect: 'Allow', Action: 's3:*', Resource: '*' } as const;
const SILENT = { ...ALLOW, Action: 'none:None' } as const;

const S3_BUT_BYPASS = ['s3:Get*', 's3:List*', 's3:Put*', 's3:Delete*'];

/** A policy of the caller's side, of a node or of an endpoint; undefined where there is none. */
export function ownPolicy(scene: Scene, said: OwnPolicy, more: Document = {}): Document | undefined {
  if (said === 'none') return undefined;
  const [effect = '', form] = said.split(' ');
  const silent = { ...SILENT, ...more };
  if (effect === 'silent') return documentOf(silent);
  const Resource =
    form === 'bucket' ? [BUCKET, `${BUCKET}/*`] : form === 'point' ? `${pointArn(scene)}*` : '*';
  const statement = { Effect: 'Allow', Action: '*', ...more, Resource };
  if (effect === 'allow') return documentOf(statement);
  return documentOf({ ...statement, Resource: '*' }, { ...statement, Effect: 'Deny' });
}

/** The identity policy: what it says of S3, of bypassing governance mode, and of the key. */
export function identityPolicy(scene: Scene): Document | undefined {
  const s3 = ownPolicy(scene, scene.identity, { Action: S3_BUT_BYPASS });
  const statements = s3 ? [s3['Statement']].flat() : [];
  const bypass = { ...ALLOW, Action: 's3:BypassGovernanceRetention' };
  const key = { ...ALLOW, Action: 'kms:*', Resource: keyArn(scene) };
  const more = [
    ...(scene.bypass === 'allow' ? [bypass] : []),
    ...(scene.bypass === 'deny' ? [{ ...bypass, Effect: 'Deny' }] : []),
    ...(scene.keyIdentity === 'allow' ? [key] : []),
    ...(scene.keyIdentity === 'deny' ? [key, { ...key, Effect: 'Deny' }] : []),
  ];
  const all = [...statements, ...more];
  return all.length > 0 ? { Version: '2012-10-17', Statement: all } : undefined;
}

/** Whom the policy names who is the caller, or stands for it. */
function callerPrincipal(scene: Scene): Document | string {
  if (scene.caller === 'service') return { Service: callerText(scene) };
  return scene.caller === 'anonymous' ? '*' : { AWS: callerText(scene) };
}

function accountPrincipal(scene: Scene): Document {
  return { AWS: callerAccount(scene) ?? '999999999999' };
}

/** The policy of the bucket or of the access point. */
export function resourcePolicy(scene: Scene, said: ResourcePolicy): Document | undefined {
  const to = (Principal: unknown, Condition?: Document): Document => {
    return documentOf({ ...ALLOW, Principal, ...(Condition ? { Condition } : {}) });
  };
  switch (said) {
    case 'none':
      return undefined;
    case 'everyone':
      return to('*');
    case 'caller':
      return to(callerPrincipal(scene));
    case 'account':
      return to(accountPrincipal(scene));
    case 'organization':
      return to('*', { StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION } });
    case 'points of the account':
      return to('*', {
        StringEquals: { 's3:DataAccessPointAccount': accountOf(scene, scene.pointAccount) },
      });
    case 'deny':
      return documentOf({ ...ALLOW, Principal: '*' }, { ...ALLOW, Effect: 'Deny', Principal: '*' });
    case 'everyone but another named':
      return documentOf(
        { ...ALLOW, Action: 's3:GetBucketLocation', Principal: '*' },
        { ...ALLOW, Principal: callerPrincipal(scene) },
      );
  }
}

/** The key's policy. */
export function keyPolicy(scene: Scene): Document {
  const allow = { Effect: 'Allow', Action: 'kms:*', Resource: '*' };
  const everyone = { ...allow, Principal: '*' };
  const account = { ...allow, Principal: accountPrincipal(scene) };
  switch (scene.key) {
    case 'none':
      return documentOf({ ...account, Action: 'kms:DescribeKey' });
    case 'direct':
      return documentOf({ ...allow, Principal: callerPrincipal(scene) });
    case 'account':
      return documentOf(account);
    case 'everyone':
      return documentOf(everyone);
    case 'deny':
      return documentOf(everyone, account, { ...everyone, Effect: 'Deny' });
    case 'via S3': {
      const via = { 'kms:ViaService': `s3.${REGION}.amazonaws.com` };
      const StringEquals = { ...via, 'kms:CallerAccount': accountOf(scene, scene.keyAccount) };
      return documentOf({ ...everyone, Condition: { StringEquals } });
    }
  }
}
