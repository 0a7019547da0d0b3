import { parsePrincipal, type ExplainRequest } from '@denyscope/model';
import type { Random } from '@denyscope/worlds';

/** A concrete context: a list closes a key with its values, null closes it as absent. */
export type Closing = Readonly<Record<string, readonly string[] | null>>;

const ADDRESSES = ['203.0.113.9', '198.51.100.20', '8.8.8.8', '10.0.0.7', '2001:db8::1'] as const;
const VPC_KEYS = ['aws:SourceVpce', 'aws:SourceVpc', 'aws:VpcSourceIp', 'aws:VpceAccount'] as const;

interface Drawing {
  readonly request: ExplainRequest;
  readonly random: Random;
  /** Values that policies compare the key with. */
  readonly near: (key: string) => readonly string[];
}

/**
 * A context that this caller can bring from this vantage point: semantics.md C.12. From the internet an address and
 * no VPC keys; through an endpoint its keys and no address; MFA and a time of issue only with a session.
 */
export function possibleContext(drawing: Drawing): Closing {
  return { ...network(drawing), ...session(drawing), ...headers(drawing), ...drawing.request.context };
}

function value({ near, random }: Drawing, key: string, ...others: readonly string[]): readonly string[] {
  return [random.maybe([...near(key), ...near(key), ...others]) ?? 'other'];
}

function network(drawing: Drawing): Closing {
  const { request, random } = drawing;
  const { via, context = {} } = request;
  if (via === 'internet') return { 'aws:SourceIp': value(drawing, 'aws:sourceip', ...ADDRESSES) };
  if (typeof via === 'string' && via.startsWith('vpce-')) {
    return { 'aws:VpcSourceIp': value(drawing, 'aws:vpcsourceip', '10.0.0.7') };
  }
  if (typeof via === 'object') return {};
  const absent = Object.fromEntries(VPC_KEYS.map((key) => [key, null]));
  const hasAddress = Object.entries(context).some(([key, given]) => key === 'aws:SourceIp' && given !== null);
  if (hasAddress || random.chance(0.5)) {
    return { 'aws:SourceIp': value(drawing, 'aws:sourceip', ...ADDRESSES), ...absent };
  }
  return {
    'aws:SourceIp': null,
    'aws:SourceVpce': value(drawing, 'aws:sourcevpce', 'vpce-0other'),
    'aws:SourceVpc': value(drawing, 'aws:sourcevpc', 'vpc-0other'),
    'aws:VpcSourceIp': value(drawing, 'aws:vpcsourceip', '10.0.0.7'),
    'aws:VpceAccount': value(drawing, 'aws:vpceaccount', '999999999999'),
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
  const { random } = drawing;
  const isForwarded = random.chance(0.3);
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
    'aws:SecureTransport': [random.pick(['true', 'true', 'false'])],
    's3:TlsVersion': value(drawing, 's3:tlsversion', '1.2', '1.3'),
    ...(/ListBucket(Versions)?$/.test(request.action) ? maybe('s3:prefix', 'raw/', 'home/ada/') : {}),
    ...(request.action.endsWith('PutObject')
      ? maybe('s3:x-amz-server-side-encryption', 'aws:kms', 'AES256')
      : {}),
  };
}
