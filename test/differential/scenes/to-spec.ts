import type { RequestCase } from '@denyscope/model';
import type { AccessPoint, AclGrant, ConcreteRequest, Gates, KeyCall, S3Request } from '@denyscope/spec';
import { wholeContext } from './context.ts';
import {
  accountOf,
  BUCKET,
  callerAccount,
  callerText,
  keyArn,
  objectKey,
  OWN,
  pointArn,
  REGION,
  VPC,
} from './names.ts';
import { identityPolicy, keyPolicy, ownPolicy, resourcePolicy, type Document } from './policies.ts';
import type { OwnPolicy, Scene } from './scene.ts';

export function toSpec(scene: Scene): S3Request {
  return {
    s3: callToS3(scene),
    ...(scene.point === 'none' ? {} : { accessPoint: accessPointOf(scene) }),
    ...(scene.key === 'none' && scene.keyGrant === 'none' ? {} : { kms: callToKms(scene) }),
    gates: gatesOf(scene),
  };
}

function named(policy: Document | undefined): RequestCase['identityPolicies'] {
  return policy ? [{ name: 'policy', policy }] : [];
}

/** A node of the organization, or no organization. */
export function nodes(scene: Scene, said: OwnPolicy, more: Document): RequestCase['scps'] {
  const policy = ownPolicy(scene, said, more);
  return policy ? [{ target: 'r-1', policies: named(policy) }] : [];
}

const EVERYONE = { Principal: '*' };

function callToS3(scene: Scene): ConcreteRequest {
  const key = objectKey(scene);
  const request = {
    principal: callerText(scene),
    action: scene.action,
    resource: key === undefined ? BUCKET : `${BUCKET}/${key}`,
    resourceAccount: OWN,
    context: wholeContext(scene),
  };
  return {
    request,
    identityPolicies: named(identityPolicy(scene)),
    resourcePolicy: resourcePolicy(scene, scene.policy) ?? null,
    permissionBoundaries: named(ownPolicy(scene, scene.boundary)),
    sessionPolicies: named(ownPolicy(scene, scene.session)),
    scps: nodes(scene, scene.scp, {}),
    rcps: nodes(scene, scene.bucketRcp, EVERYONE),
    vpcEndpointPolicies: named(ownPolicy(scene, scene.endpoint, EVERYONE)),
  };
}

function accessPointOf(scene: Scene): AccessPoint {
  return {
    arn: pointArn(scene),
    account: accountOf(scene, scene.pointAccount),
    policy: resourcePolicy(scene, scene.pointPolicy) ?? null,
    rcps: nodes(scene, scene.pointRcp, EVERYONE),
    ...(scene.point === 'VPC' ? { vpc: VPC } : {}),
  };
}

/** Who is granted: an account by its id, or a group by its URI. */
function granted(scene: Scene, grantee: Scene['bucketGrantee'], permission: string): readonly AclGrant[] {
  if (grantee === 'none') return [];
  if (grantee === 'caller' || grantee === 'bucket owner')
    return [{ grantee: accountOf(scene, grantee), permission }];
  const folder = grantee === 'LogDelivery' ? 's3' : 'global';
  return [{ grantee: `http://acs.amazonaws.com/groups/${folder}/${grantee}`, permission }];
}

function gatesOf(scene: Scene): Gates {
  const locks = {
    none: [],
    compliance: ['compliance'],
    governance: ['governance'],
    'legal hold': ['legal-hold'],
    'governance and hold': ['governance', 'legal-hold'],
  } as const;
  return {
    ...(scene.ownership === undefined ? {} : { ownership: scene.ownership }),
    objectOwner: accountOf(scene, scene.objectOwner),
    bucketAcl: granted(scene, scene.bucketGrantee, scene.bucketPermission),
    objectAcl: granted(scene, scene.objectGrantee, scene.objectPermission),
    blocks: [
      {
        BlockPublicAcls: scene.blockAcls,
        IgnorePublicAcls: scene.ignoreAcls,
        RestrictPublicBuckets: scene.restrict,
      },
      { RestrictPublicBuckets: scene.point !== 'none' && scene.pointRestricts },
    ],
    ...(scene.policyStatus === undefined ? {} : { policyIsPublic: scene.policyStatus }),
    requesterPays: scene.payer === 'Requester',
    requestPayer: scene.pays,
    locks: locks[scene.lock],
    blockedEncryption: scene.sseCBlocked ? ['SSE-C'] : ['NONE'],
  };
}

function callToKms(scene: Scene): KeyCall {
  const account = callerAccount(scene);
  const s3 = callToS3(scene);
  return {
    ...s3,
    request: {
      principal: s3.request.principal,
      resource: keyArn(scene),
      resourceAccount: accountOf(scene, scene.keyAccount),
      context: {
        ...(account === undefined ? {} : { 'kms:CallerAccount': [account] }),
        'kms:ViaService': [`s3.${scene.keyRegion}.amazonaws.com`],
        'kms:EncryptionContextKeys': ['aws:s3:arn'],
        'kms:EncryptionContext:aws:s3:arn': [s3.request.resource],
      },
      multiValuedKeys: ['kms:EncryptionContextKeys'],
    },
    resourcePolicy: keyPolicy(scene),
    rcps: nodes(scene, scene.keyRcp, EVERYONE),
    state: scene.keyState,
    managedByAws: scene.managedKey,
    multipart: scene.multipart,
    bucketRegion: REGION,
    grants: grantOf(scene),
  };
}

function grantOf(scene: Scene): KeyCall['grants'] & object {
  const grantee = callerText(scene);
  const operations = ['Decrypt', 'GenerateDataKey'];
  switch (scene.keyGrant) {
    case 'none':
      return [];
    case 'caller':
      return [{ grantee, operations }];
    case 'account':
      return [{ grantee: `arn:aws:iam::${callerAccount(scene) ?? OWN}:root`, operations }];
    case 'other operation':
      return [{ grantee, operations: ['Encrypt', 'GenerateDataKey'] }];
    case 'context':
      return [{ grantee, operations, contextSubset: { 'aws:s3:arn': `${BUCKET}/raw/a` } }];
    case 'other context':
      return [{ grantee, operations, contextEquals: { 'aws:s3:arn': BUCKET } }];
  }
}
