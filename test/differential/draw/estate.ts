import fc from 'fast-check';
import { buildEstate, parseSnapshot, type Estate } from '@denyscope/inventory';
import type { ExplainRequest } from '@denyscope/model';
import { headerOf } from '@denyscope/worlds';
import { accountLines, canonicalId, limits, principalLines } from './caller-lines.ts';
import { acl, KEY, OPEN_RESOURCE, POINTS, resourceLines, switches } from './guards.ts';
import { KMS_KEYS, OPEN_KEYS } from './keys.ts';
import { OTHER, OWN, type Target } from './names.ts';
import { policy, rarely, type DrawnPolicy } from './request-case.ts';
import type { Kind } from './statement.ts';

/** An estate of one bucket, its keys, access points, an endpoint and a few callers, with a question to it. */
export interface DrawnQuestion {
  readonly lines: readonly object[];
  readonly request: ExplainRequest;
}

const TAKEN_AT = '2026-11-22T02:00:00Z';

const TARGETS: readonly Target[] = [
  { action: 's3:GetObject', resource: 'arn:aws:s3:::data/*' },
  { action: 's3:GetObject', resource: 'arn:aws:s3:::data/raw/*' },
  { action: 's3:GetObject', resource: 'arn:aws:s3:::data/raw/a' },
  { action: 's3:PutObject', resource: 'arn:aws:s3:::data/home/*' },
  { action: 's3:PutObject', resource: 'arn:aws:s3:::data/raw/a' },
  { action: 's3:ListBucket', resource: 'arn:aws:s3:::data' },
  { action: 's3:ListBucket', resource: 'arn:aws:s3:::data' },
  { action: 's3:DeleteObjectVersion', resource: 'arn:aws:s3:::data/raw/a' },
  { action: 's3:DeleteObject', resource: 'arn:aws:s3:::data/raw/*' },
  { action: 's3:GetObjectAcl', resource: 'arn:aws:s3:::data/raw/a' },
  { action: 's3:PutObjectAcl', resource: 'arn:aws:s3:::data/raw/a' },
  { action: 's3:GetBucketAcl', resource: 'arn:aws:s3:::data' },
];

const PRINCIPALS = [
  `arn:aws:iam::${OWN}:role/team/app`,
  `arn:aws:iam::${OWN}:role/team/app`,
  `arn:aws:sts::${OWN}:assumed-role/app/run`,
  `arn:aws:iam::${OWN}:user/ann`,
  `arn:aws:sts::${OWN}:federated-user/ann`,
  `arn:aws:iam::${OWN}:root`,
  `arn:aws:iam::${OTHER}:role/app`,
  `arn:aws:sts::${OTHER}:assumed-role/app/run`,
  'cloudtrail.amazonaws.com',
  'anonymous',
] as const;

export function estateOf(lines: readonly object[]): Estate {
  const { header, lines: checked } = parseSnapshot([headerOf(TAKEN_AT), ...lines]);
  return buildEstate(header, checked);
}

/** Policies that mostly ask for what the scan leaves open. */
const openly = (kind: Kind): fc.Arbitrary<DrawnPolicy> => policy(kind, OPEN_KEYS);

const VIAS = [undefined, undefined, 'internet', 'vpce-0a', { sourceIp: '203.0.113.9' }] as const;

/**
 * A session's ARN drops its role's path, so a policy that names the role under another path would mean its sessions
 * and not the role. No policy does: AWS keeps the role's id, and shows its ARN as it is (semantics.md A.2).
 */
const WRONG_PATH = new RegExp(`${OWN}(:|%3A)role(/|%2F)app`);

/** The target under the ARN of the access point (semantics.md C.8). */
function throughPoint({ action, resource }: Target, point: string): Target {
  return {
    action,
    resource: resource.replace('arn:aws:s3:::data/', `${point}/object/`).replace('arn:aws:s3:::data', point),
  };
}

/** What the asker may say of the object. */
const object = fc.record(
  {
    owner: fc.constantFrom(OWN, OTHER, canonicalId(OTHER)),
    grants: acl,
    encryption: fc.constantFrom(
      { SSEAlgorithm: 'AES256' as const },
      { SSEAlgorithm: 'aws:kms' as const, KMSMasterKeyID: KEY, BucketKeyEnabled: true },
    ),
    lock: fc.record({
      mode: fc.constantFrom('GOVERNANCE' as const, 'COMPLIANCE' as const),
      retained: fc.boolean(),
      legalHold: fc.boolean(),
    }),
  },
  { requiredKeys: [] },
);

/** Where the request is sent to: the bucket, or an access point that it names, or that is on the way. */
const way = fc.record({
  via: fc.constantFrom(...VIAS),
  point: fc.constantFrom(undefined, undefined, undefined, POINTS.own, POINTS.far, POINTS.routed),
  isNamed: fc.boolean(),
});

type Way = typeof way extends fc.Arbitrary<infer Drawn> ? Drawn : never;

function requestOf(
  target: Target,
  { via, point, isNamed }: Way,
): Pick<ExplainRequest, 'action' | 'resource' | 'via'> {
  const { action } = target;
  const open = via === undefined ? {} : { via };
  if (point === undefined) return { action, resource: target.resource, ...open };
  if (isNamed) return { action, resource: throughPoint(target, point).resource, ...open };
  const endpoint = via === 'vpce-0a' ? { endpoint: via } : {};
  return { action, resource: target.resource, via: { accessPoint: point, ...endpoint } };
}

/** Session policies come with sessions only. */
function sessionOf(principal: string, drawn: unknown): Pick<ExplainRequest, 'sessionPolicies'> {
  const isSession = /:(role|assumed-role|federated-user)\//.test(principal);
  return drawn === undefined || !isSession ? {} : { sessionPolicies: [{ name: 'session', policy: drawn }] };
}

const drawnPolicies = fc.record({
  identity: fc.array(openly('identity'), { minLength: 1, maxLength: 2 }),
  bucket: rarely(openly('resource')),
  point: rarely(openly('resource')),
  boundary: rarely(openly('identity')),
  session: rarely(openly('identity')),
  key: fc.option(policy('resource', KMS_KEYS), { nil: undefined, freq: 3 }),
  scp: rarely(openly('scp')),
  rcp: rarely(openly('rcp')),
  endpoint: rarely(openly('resource')),
});

/** Drawn policies and gates around one bucket, and a question that leaves the context open. */
export const question: fc.Arbitrary<DrawnQuestion> = fc
  .record({
    target: fc.constantFrom(...TARGETS),
    principal: fc.constantFrom(...PRINCIPALS),
    way,
    policies: drawnPolicies,
    switches,
    object: rarely(object),
    isMultipart: fc.boolean(),
  })
  .map(({ target, principal, policies: drawn, ...rest }) => {
    const at = (one: DrawnPolicy | undefined): unknown => one?.(target);
    const point = rest.way.point ?? POINTS.own;
    const atPoint = (one: DrawnPolicy | undefined): unknown => one?.(throughPoint(target, point));
    const guards = {
      ...rest.switches,
      bucket: at(drawn.bucket),
      point: atPoint(drawn.point),
      key: at(drawn.key) ?? OPEN_RESOURCE,
      endpoint: at(drawn.endpoint) ?? OPEN_RESOURCE,
    };
    const identity = drawn.identity.map((one, index) => (index === 0 ? at(one) : atPoint(one)));
    return {
      lines: [
        ...accountLines(),
        ...limits(at(drawn.scp), at(drawn.rcp)),
        ...principalLines({ identity, boundary: at(drawn.boundary) }),
        ...resourceLines(guards),
      ],
      request: {
        principal,
        ...requestOf(target, rest.way),
        ...sessionOf(principal, at(drawn.session)),
        ...(rest.object ? { object: rest.object } : {}),
        ...(rest.isMultipart && target.action === 's3:PutObject' ? { operation: 'multipart' as const } : {}),
      },
    };
  })
  .filter(({ lines, request }) => !WRONG_PATH.test(JSON.stringify([lines, request.sessionPolicies])));
