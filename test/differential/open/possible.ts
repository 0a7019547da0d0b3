import type { Bucket, Estate } from '@denyscope/inventory';
import {
  KEY_AXIOMS,
  parsePrincipal,
  parseS3Resource,
  type ExplainRequest,
  type KeyAxiom,
} from '@denyscope/model';
import type { Random } from '@denyscope/worlds';

/** A concrete context: a list closes a key with its values, null closes it as absent. */
export type Closing = Readonly<Record<string, readonly string[] | null>>;

const ADDRESSES = ['203.0.113.9', '198.51.100.20', '8.8.8.8', '10.0.0.7', '2001:db8::1'] as const;
const VPC_KEYS = ['aws:SourceVpce', 'aws:SourceVpc', 'aws:VpcSourceIp', 'aws:VpceAccount'] as const;

interface Drawing {
  readonly estate: Estate;
  readonly request: ExplainRequest;
  readonly random: Random;
  /** Values that policies compare the key with. */
  readonly near: (key: string) => readonly string[];
  /** Only such requests as a plain client sends: an open answer assumes one (ARCHITECTURE.md, the engine). */
  readonly isOrdinary: boolean;
}

/**
 * A context that this caller can bring from this vantage point: semantics.md C.12. From the internet an address and
 * no VPC keys; through an endpoint its keys, as the inventory has them, and no address; MFA and a time of issue only
 * with a session.
 */
export function possibleContext(drawing: Drawing): Closing {
  return { ...network(drawing), ...session(drawing), ...headers(drawing), ...drawing.request.context };
}

/** Can AWS bring these keys together? By the axioms between keys that the engine decides by; an open key breaks none. */
export function isPossible(context: Closing): boolean {
  const closed = new Map(Object.entries(context).map(([key, list]) => [key.toLowerCase(), list]));
  const holds = ([key, state]: KeyAxiom['given']): boolean | undefined => {
    const list = closed.get(key);
    if (list === undefined) return undefined;
    if (state === 'true') return list?.[0]?.toLowerCase() === 'true';
    return (list !== null) === (state === 'there');
  };
  return KEY_AXIOMS.every(({ given, follows }) => holds(given) !== true || holds(follows) !== false);
}

function value({ near, random }: Drawing, key: string, ...others: readonly string[]): readonly string[] {
  return [random.maybe([...near(key), ...near(key), ...others]) ?? 'other'];
}

function network(drawing: Drawing): Closing {
  const { request, random } = drawing;
  const { via, context = {} } = request;
  if (via === 'internet') return { 'aws:SourceIp': value(drawing, 'aws:sourceip', ...ADDRESSES) };
  const isThroughEndpoint = typeof via === 'object' ? via.endpoint !== undefined : via?.startsWith('vpce-');
  if (isThroughEndpoint === true) return { 'aws:VpcSourceIp': value(drawing, 'aws:vpcsourceip', '10.0.0.7') };
  if (typeof via === 'object' && via.sourceIp !== undefined) return {};
  const absent = Object.fromEntries(VPC_KEYS.map((key) => [key, null]));
  const hasAddress = Object.entries(context).some(([key, given]) => key === 'aws:SourceIp' && given !== null);
  if (hasAddress || random.chance(0.5)) {
    return { 'aws:SourceIp': value(drawing, 'aws:sourceip', ...ADDRESSES), ...absent };
  }
  return throughEndpoint(drawing);
}

/** An endpoint of the inventory is in its VPC, and its account's. */
function throughEndpoint(drawing: Drawing): Closing {
  const [id = ''] = value(drawing, 'aws:sourcevpce', 'vpce-0other');
  const place = drawing.estate.endpoints.get(id);
  return {
    'aws:SourceIp': null,
    'aws:SourceVpce': [id],
    'aws:SourceVpc':
      place?.vpcId === undefined ? value(drawing, 'aws:sourcevpc', 'vpc-0other') : [place.vpcId],
    'aws:VpcSourceIp': value(drawing, 'aws:vpcsourceip', '10.0.0.7'),
    'aws:VpceAccount': place ? [place.accountId] : value(drawing, 'aws:vpceaccount', '999999999999'),
  };
}

function session(drawing: Drawing): Closing {
  const { request, random } = drawing;
  const kind = parsePrincipal(request.principal)?.kind ?? 'anonymous';
  if (kind === 'anonymous' || kind === 'service') return {};
  const isTemporary = kind === 'role' || kind === 'session' || kind === 'federated' || random.chance(0.5);
  return { ...forwarding(drawing), ...(isTemporary ? temporaryCredentials(drawing) : LONG_TERM) };
}

/** AWS services that reuse the caller's credentials say so. */
function forwarding(drawing: Drawing): Closing {
  const { random, request } = drawing;
  // From a vantage point that is no service, a call is direct.
  const isPlaced =
    request.via !== undefined && !(typeof request.via === 'object' && request.via.service !== undefined);
  const isForwarded = !isPlaced && random.chance(0.3);
  const services = value(drawing, 'aws:calledvia', 'athena.amazonaws.com', 'cloudformation.amazonaws.com');
  return {
    'aws:ViaAWSService': [String(isForwarded)],
    'aws:CalledVia': isForwarded && random.chance(0.8) ? services : null,
  };
}

const LONG_TERM: Closing = {
  'aws:MultiFactorAuthPresent': null,
  'aws:MultiFactorAuthAge': null,
  'aws:TokenIssueTime': null,
};

function temporaryCredentials(drawing: Drawing): Closing {
  const mfa = drawing.random.pick(['true', 'false']);
  return {
    'aws:MultiFactorAuthPresent': [mfa],
    'aws:MultiFactorAuthAge': mfa === 'true' ? value(drawing, 'aws:multifactorauthage', '60', '90000') : null,
    'aws:TokenIssueTime': value(
      drawing,
      'aws:tokenissuetime',
      '2026-11-20T00:00:00Z',
      '2026-01-01T00:00:00Z',
    ),
  };
}

function headers(drawing: Drawing): Closing {
  const { request, random } = drawing;
  if (!request.action.startsWith('s3:')) return {};
  const maybe = (key: string, ...others: readonly string[]): Closing => {
    return { [key]: random.chance(0.3) ? null : value(drawing, key.toLowerCase(), ...others) };
  };
  return {
    'aws:SecureTransport': [needsTls(drawing) ? 'true' : random.pick(['true', 'true', 'false'])],
    's3:TlsVersion': value(drawing, 's3:tlsversion', '1.2', '1.3'),
    ...(/ListBucket(Versions)?$/.test(request.action) ? maybe('s3:prefix', 'raw/', 'home/ada/') : {}),
    ...(/Put(Object|ObjectAcl|BucketAcl)$/.test(request.action) ? uploadHeaders(drawing) : {}),
    ...(random.chance(0.5) ? { 'x-amz-request-payer': ['requester'] } : { 'x-amz-request-payer': null }),
    ...(request.action.endsWith('DeleteObjectVersion') && !drawing.isOrdinary
      ? { 'object-lock-retained': [random.pick(['true', 'false'])] }
      : {}),
  };
}

/** C.8, D.1: access points and objects under a key are not asked for in the clear. */
function needsTls({ estate, request, isOrdinary }: Drawing): boolean {
  const named = parseS3Resource(request.resource);
  const isNamed = request.context?.['s3:x-amz-server-side-encryption'] !== undefined;
  if (isNamed || request.object?.encryption || request.via !== undefined) return isOrdinary;
  const bucket = named && 'bucket' in named ? estate.buckets.get(named.bucket) : undefined;
  return isOrdinary && !isPlainlyEncrypted(bucket);
}

function isPlainlyEncrypted(bucket: Bucket | undefined): boolean {
  return bucket?.encryption.kind === 'seen' && bucket.encryption.value.algorithm === 'AES256';
}

const GROUP = 'uri="http://acs.amazonaws.com/groups/global/AllUsers"';

/** C.5, C.7, D.1: headers that decide whether S3 accepts an upload, and under which key. */
function uploadHeaders({ random, isOrdinary }: Drawing): Closing {
  const one = (key: string, ...values: readonly string[]): Closing => {
    return { [key]: isOrdinary || random.chance(0.6) ? null : [random.maybe(values) ?? 'other'] };
  };
  return {
    ...one('s3:x-amz-acl', 'private', 'public-read', 'bucket-owner-full-control', 'authenticated-read'),
    ...one('s3:x-amz-grant-read', 'id="1"', GROUP),
    ...one('s3:x-amz-server-side-encryption', 'aws:kms', 'AES256'),
    ...one('s3:x-amz-server-side-encryption-customer-algorithm', 'AES256'),
  };
}
