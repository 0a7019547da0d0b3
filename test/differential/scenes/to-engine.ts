import {
  compilePolicy,
  type AccessPointFacts,
  type AccountFacts,
  type AclGrantFacts,
  type BucketFacts,
  type CallerFacts,
  type EffectiveBlock,
  type GrantFacts,
  type KeyFacts,
  type NodePolicies,
  type PolicySource,
  type PolicyType,
  type S3Question,
} from '@denyscope/engine';
import { absent, parsePrincipal, seen } from '@denyscope/model';
import { givenContext } from './context.ts';
import {
  accountOf,
  BUCKET,
  callerAccount,
  callerText,
  canonicalId,
  granteeOf,
  isInOrganization,
  keyArn,
  objectKey,
  ORGANIZATION,
  OWN,
  pointArn,
  REGION,
  VPC,
  vpcOf,
} from './names.ts';
import { identityPolicy, keyPolicy, ownPolicy, resourcePolicy, type Document } from './policies.ts';
import type { Scene } from './scene.ts';
import { toSpec } from './to-spec.ts';

export function toEngine(scene: Scene): S3Question {
  const key = objectKey(scene);
  return {
    caller: callerFacts(scene),
    action: scene.action,
    objects: key === undefined ? { kind: 'bucket' } : { kind: 'key', key },
    ...(scene.multipart ? { operation: 'multipart' } : {}),
    object: objectFacts(scene),
    bucket: bucketFacts(scene),
    via: {
      internet: false,
      sourceIp: undefined,
      service: undefined,
      endpoint: endpointFacts(scene),
      accessPoint: scene.point === 'none' ? undefined : pointFacts(scene),
    },
    context: givenContext(scene),
    time: '2026-11-22T02:00:00Z',
  };
}

const compiled = new Map<string, PolicySource>();

/** Scenes share their few documents: each is compiled once. */
function source(document: string, type: PolicyType, policy: Document | undefined): PolicySource {
  const text = policy && JSON.stringify(policy);
  const id = `${document} ${type} ${text ?? ''}`;
  const known = compiled.get(id) ?? {
    document,
    attachedTo: document,
    policy: text === undefined ? absent() : seen(compilePolicy(text, type)),
  };
  compiled.set(id, known);
  return known;
}

function sources(document: string, type: PolicyType, policy: Document | undefined): readonly PolicySource[] {
  return policy ? [source(document, type, policy)] : [];
}

function optional(document: string, policy: Document | undefined): readonly PolicySource[] | undefined {
  return policy && sources(document, 'identity', policy);
}

function account(accountId: string): AccountFacts {
  const place = { id: ORGANIZATION, path: `${ORGANIZATION}/r-1/` };
  return {
    accountId,
    organization: isInOrganization(accountId) ? seen(place) : absent(),
    canonicalUserId: canonicalId(accountId),
  };
}

function nodesOf(policy: Document | undefined): readonly NodePolicies[] | undefined {
  return policy && [{ node: 'r-1', policies: sources('r-1', 'organization', policy) }];
}

const EVERYONE = { Principal: '*' };

function callerFacts(scene: Scene): CallerFacts {
  const text = callerText(scene);
  const principal = parsePrincipal(text);
  if (!principal) throw new Error(`no principal: ${text}`);
  const own = callerAccount(scene);
  const scpsApply = own !== undefined && scene.caller !== 'linked role';
  const hasSession = principal.kind === 'role' || principal.kind === 'session';
  return {
    principal,
    account: own === undefined ? undefined : account(own),
    uniqueId: principal.kind === 'user' ? 'AIDAEXAMPLE' : 'AROAEXAMPLE',
    roleArn: principal.kind === 'session' ? `arn:aws:iam::${OWN}:role/app` : undefined,
    tags: seen(new Map()),
    boundaryIsKnown: true,
    identity: sources('identity', 'identity', identityPolicy(scene)),
    boundary: optional('boundary', ownPolicy(scene, scene.boundary)),
    session: hasSession ? optional('session', ownPolicy(scene, scene.session)) : undefined,
    scps: scpsApply ? nodesOf(ownPolicy(scene, scene.scp)) : undefined,
  };
}

function blockOf(scene: Scene): EffectiveBlock {
  return {
    blockPublicAcls: seen(scene.blockAcls),
    ignorePublicAcls: seen(scene.ignoreAcls),
    blockPublicPolicy: seen(false),
    restrictPublicBuckets: seen(scene.restrict),
  };
}

function bucketFacts(scene: Scene): BucketFacts {
  return {
    arn: BUCKET,
    account: account(OWN),
    region: REGION,
    policy: source('bucket policy', 'resource', resourcePolicy(scene, scene.policy)),
    policyIsPublic: scene.policyStatus === undefined ? absent() : seen(scene.policyStatus),
    block: blockOf(scene),
    abacEnabled: seen(false),
    tags: seen(new Map()),
    rcps: nodesOf(ownPolicy(scene, scene.bucketRcp, EVERYONE)),
    encryption: seen(
      toSpec(scene).kms ? { kind: 'kms', key: keyFacts(scene), bucketKey: false } : { kind: 'sse-s3' },
    ),
    ownership: scene.ownership === undefined ? absent() : seen(scene.ownership),
    acl: seen(granted(scene, scene.bucketGrantee, scene.bucketPermission)),
    payer: seen(scene.payer),
    objectLock: scene.lock === 'none' ? absent() : seen({ defaultMode: undefined }),
    sseCBlocked: seen(scene.sseCBlocked),
  };
}

function granted(
  scene: Scene,
  grantee: Scene['bucketGrantee'],
  permission: string,
): readonly AclGrantFacts[] {
  return grantee === 'none' ? [] : [{ grantee: granteeOf(scene, grantee), permission }];
}

function objectFacts(scene: Scene): S3Question['object'] & object {
  const { lock } = scene;
  const mode = lock === 'compliance' ? 'COMPLIANCE' : 'GOVERNANCE';
  const isRetained = lock === 'compliance' || lock.startsWith('governance');
  return {
    owner: accountOf(scene, scene.objectOwner),
    grants: granted(scene, scene.objectGrantee, scene.objectPermission),
    lock: { mode, retained: isRetained, legalHold: lock.endsWith('hold') },
  };
}

function pointFacts(scene: Scene): AccessPointFacts {
  return {
    arn: pointArn(scene),
    account: account(accountOf(scene, scene.pointAccount)),
    isMultiRegion: scene.point === 'multi-Region',
    networkOrigin: scene.point === 'VPC' ? 'VPC' : 'Internet',
    vpcId: scene.point === 'VPC' ? VPC : undefined,
    policy: source('access point policy', 'resource', resourcePolicy(scene, scene.pointPolicy)),
    policyIsPublic: absent(),
    block: {
      blockPublicAcls: seen(false),
      ignorePublicAcls: seen(false),
      blockPublicPolicy: seen(false),
      restrictPublicBuckets: seen(scene.pointRestricts),
    },
    tags: seen(new Map()),
    rcps: nodesOf(ownPolicy(scene, scene.pointRcp, EVERYONE)),
  };
}

function endpointFacts(scene: Scene): S3Question['via']['endpoint'] {
  const policies = sources('vpce-0a', 'endpoint', ownPolicy(scene, scene.endpoint, EVERYONE));
  if (policies.length === 0) return undefined;
  return { id: 'vpce-0a', vpcId: vpcOf(scene), account: account(OWN), policies };
}

function keyFacts(scene: Scene): KeyFacts {
  return {
    arn: keyArn(scene),
    account: account(accountOf(scene, scene.keyAccount)),
    region: scene.keyRegion,
    state: seen(scene.keyState),
    deletionDate: undefined,
    policy: source('key policy', 'key', keyPolicy(scene)),
    grants: seen(grantFacts(scene)),
    tags: seen(new Map()),
    aliases: seen([]),
    rcps: scene.managedKey ? undefined : nodesOf(ownPolicy(scene, scene.keyRcp, EVERYONE)),
  };
}

function grantFacts(scene: Scene): readonly GrantFacts[] {
  return (toSpec(scene).kms?.grants ?? []).map((grant) => ({ id: 'grant', ...grant }));
}
