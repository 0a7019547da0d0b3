/**
 * One concrete request to S3 in a few words, each of them a fact that a gate or a layer looks at. `toEngine` and
 * `toSpec` say the same scene to either side; the tables enumerate scenes whole.
 */
export interface Scene {
  readonly caller: CallerName;
  readonly action: string;
  readonly identity: OwnPolicy;
  readonly boundary: OwnPolicy;
  readonly session: OwnPolicy;
  readonly policy: ResourcePolicy;
  /** What GetBucketPolicyStatus answered. */
  readonly policyStatus: boolean | undefined;
  readonly ownership: string | undefined;
  readonly objectOwner: 'bucket owner' | 'caller' | 'third';
  readonly bucketGrantee: Grantee;
  readonly bucketPermission: string;
  readonly objectGrantee: Grantee;
  readonly objectPermission: string;
  readonly blockAcls: boolean;
  readonly ignoreAcls: boolean;
  readonly restrict: boolean;
  readonly cannedAcl: string | undefined;
  readonly grantHeader: string | undefined;
  readonly payer: 'Requester' | 'BucketOwner';
  readonly pays: boolean;
  readonly lock: Lock;
  readonly bypass: 'none' | 'allow' | 'deny';
  readonly sseCBlocked: boolean;
  readonly customerKey: boolean;
  readonly tls: boolean | undefined;
  readonly sourceVpc: string | undefined;
  readonly point: 'none' | 'Internet' | 'VPC' | 'multi-Region';
  readonly pointAccount: 'bucket owner' | 'caller' | 'third';
  readonly pointPolicy: ResourcePolicy;
  readonly pointRestricts: boolean;
  readonly bucketRcp: OwnPolicy;
  readonly pointRcp: OwnPolicy;
  readonly scp: OwnPolicy;
  readonly endpoint: OwnPolicy;
  readonly key: KeyPolicy;
  readonly keyAccount: 'bucket owner' | 'caller' | 'third';
  readonly keyIdentity: 'none' | 'allow' | 'deny';
  readonly keyState: string;
  readonly keyRegion: string;
  readonly keyGrant: 'none' | 'caller' | 'other operation' | 'context' | 'other context' | 'account';
  readonly keyRcp: OwnPolicy;
  readonly managedKey: boolean;
  readonly multipart: boolean;
}

export const CALLERS = [
  'user',
  'role',
  'session',
  'root',
  'linked role',
  'role of the organization',
  'outside role',
  'outside root',
  'service',
  'anonymous',
] as const;
export type CallerName = (typeof CALLERS)[number];

const IS_NIGHTLY = Number(process.env['DENYSCOPE_RUNS'] ?? '1') > 1;

/** Callers that stand for all in CI where a table is large; with DENYSCOPE_RUNS above 1 it takes every caller. */
export const SOME_CALLERS: readonly CallerName[] = IS_NIGHTLY
  ? CALLERS
  : ['role', 'root', 'outside role', 'service', 'anonymous'];

export type Grantee = 'none' | 'caller' | 'bucket owner' | 'AllUsers' | 'AuthenticatedUsers' | 'LogDelivery';

/** What a policy of the caller's own side says, of everything or of one form of the resource only. */
export type OwnPolicy =
  'none' | 'silent' | 'allow' | 'deny' | 'allow bucket' | 'allow point' | 'deny bucket' | 'deny point';

/** Whom a policy of bucket or access point names. */
export type ResourcePolicy =
  | 'none'
  | 'everyone'
  | 'caller'
  | 'account'
  | 'organization'
  | 'points of the account'
  | 'deny'
  | 'everyone but another named';

export type KeyPolicy = 'none' | 'direct' | 'account' | 'everyone' | 'deny' | 'via S3';

export type Lock = 'none' | 'compliance' | 'governance' | 'legal hold' | 'governance and hold';

/** A role of the bucket's account reads an object, which nothing allows. */
const PLAIN: Scene = {
  caller: 'role',
  action: 's3:GetObject',
  identity: 'none',
  boundary: 'none',
  session: 'none',
  policy: 'none',
  policyStatus: undefined,
  ownership: 'BucketOwnerEnforced',
  objectOwner: 'bucket owner',
  bucketGrantee: 'none',
  bucketPermission: 'READ',
  objectGrantee: 'none',
  objectPermission: 'READ',
  blockAcls: false,
  ignoreAcls: false,
  restrict: false,
  cannedAcl: undefined,
  grantHeader: undefined,
  payer: 'BucketOwner',
  pays: false,
  lock: 'none',
  bypass: 'none',
  sseCBlocked: false,
  customerKey: false,
  tls: true,
  sourceVpc: undefined,
  point: 'none',
  pointAccount: 'bucket owner',
  pointPolicy: 'none',
  pointRestricts: false,
  bucketRcp: 'none',
  pointRcp: 'none',
  scp: 'none',
  endpoint: 'none',
  key: 'none',
  keyAccount: 'bucket owner',
  keyIdentity: 'none',
  keyState: 'Enabled',
  keyRegion: 'eu-west-1',
  keyGrant: 'none',
  keyRcp: 'none',
  managedKey: false,
  multipart: false,
};

export type Choices = { readonly [Fact in keyof Scene]?: readonly Scene[Fact][] };

/** One table: what it proves, and what it enumerates whole. What it does not name is plain. */
export type Table = readonly [rule: string, choices: Choices];

/** Every combination of the choices; a fact without choices is plain. */
export function scenesOf(choices: Choices): readonly Scene[] {
  let scenes: readonly Scene[] = [PLAIN];
  for (const fact of Object.keys(PLAIN).filter(isFact)) scenes = varied(scenes, fact, choices[fact]);
  return scenes;
}

function varied<Fact extends keyof Scene>(
  scenes: readonly Scene[],
  fact: Fact,
  values: readonly Scene[Fact][] | undefined,
): readonly Scene[] {
  return values ? scenes.flatMap((scene) => values.map((value) => ({ ...scene, [fact]: value }))) : scenes;
}

function isFact(name: string): name is keyof Scene {
  return name in PLAIN;
}
