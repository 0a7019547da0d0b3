import type { Estate, KmsKey } from '@denyscope/inventory';
import type { ExplainRequest } from '@denyscope/model';
import { required } from './observed.ts';
import type { Target } from './target.ts';

type Context = Record<string, string[]>;

/** A.9: keys of several values that estates and requests here may hold. */
export const MULTI_VALUED = [
  'aws:PrincipalOrgPaths',
  'aws:ResourceOrgPaths',
  'aws:VpceOrgPaths',
  'aws:CalledVia',
  'aws:TagKeys',
  'kms:ResourceAliases',
  'kms:EncryptionContextKeys',
] as const;

/** The keys that the closed question gives with values. */
export function givenContext({ context = {} }: ExplainRequest): Context {
  return Object.fromEntries(Object.entries(context).flatMap(([key, list]) => (list ? [[key, list]] : [])));
}

/** D.2: S3 hands on who calls, not from where. */
export function sessionContext(request: ExplainRequest): Context {
  const isOfSession =
    /^aws:(MultiFactorAuth|TokenIssueTime|Principal|userid|SourceIdentity|FederatedProvider)/i;
  return Object.fromEntries(Object.entries(givenContext(request)).filter(([key]) => isOfSession.test(key)));
}

/** C.12: what every call to S3 about this bucket carries. */
export function s3Context(estate: Estate, target: Target, { via }: ExplainRequest): Context {
  const { bucket, endpoint, point } = target;
  const address = typeof via === 'object' ? via.sourceIp : undefined;
  return {
    ...resourceContext(estate, bucket.accountId),
    's3:ResourceAccount': [bucket.accountId],
    ...optional('aws:RequestedRegion', bucket.region),
    ...tags('aws:ResourceTag', required(bucket.tags)),
    ...tags('s3:BucketTag', required(bucket.tags)),
    ...time(estate),
    ...optional('aws:SourceIp', address),
    ...(endpoint === undefined ? {} : endpointContext(estate, endpoint)),
    ...(point ? pointContext(point) : {}),
  };
}

/** C.8: an access point's keys come together. */
function pointContext(point: Target['point'] & object): Context {
  const origin = 'networkOrigin' in point ? point.networkOrigin : 'Internet';
  return {
    's3:DataAccessPointArn': [point.arn],
    's3:DataAccessPointAccount': [point.accountId],
    ...optional('s3:AccessPointNetworkOrigin', origin),
    ...('tags' in point ? tags('s3:AccessPointTag', required(point.tags)) : {}),
  };
}

/** C.12: an endpoint's keys come together. */
function endpointContext(estate: Estate, via: string): Context {
  const endpoint = estate.endpoints.get(via);
  if (!endpoint) return {};
  const owner = Object.entries(resourceContext(estate, endpoint.accountId));
  return {
    'aws:SourceVpce': [endpoint.id],
    ...optional('aws:SourceVpc', endpoint.vpcId),
    ...Object.fromEntries(owner.map(([key, list]) => [key.replace('aws:Resource', 'aws:Vpce'), list])),
  };
}

/** D.2, D.4: what the call from S3 to KMS carries beside its caller; `encrypted` is the encryption context's ARN. */
export function keyContext(estate: Estate, key: KmsKey, encrypted: string): Context {
  return {
    ...resourceContext(estate, key.accountId),
    ...time(estate),
    ...optional('aws:RequestedRegion', key.region),
    ...optional('kms:ViaService', key.region === undefined ? undefined : `s3.${key.region}.amazonaws.com`),
    'aws:ViaAWSService': ['true'],
    'aws:SecureTransport': ['true'],
    'kms:EncryptionContextKeys': ['aws:s3:arn'],
    'kms:EncryptionContext:aws:s3:arn': [encrypted],
    'kms:ResourceAliases': [...(required(key.aliases) ?? [])],
    ...tags('aws:ResourceTag', required(key.tags)),
  };
}

function optional(key: string, value: string | undefined): Context {
  return value === undefined ? {} : { [key]: [value] };
}

function time({ takenAt }: Estate): Context {
  return { 'aws:CurrentTime': [takenAt], 'aws:EpochTime': [String(Math.floor(Date.parse(takenAt) / 1000))] };
}

function resourceContext({ organization, accounts }: Estate, accountId: string): Context {
  const tree = required(organization);
  const account = accounts.get(accountId);
  const own: Context = { 'aws:ResourceAccount': [accountId] };
  if (!tree || !account?.inOrganization) return own;
  const path = `${[tree.id, ...account.path].join('/')}/`;
  return { ...own, 'aws:ResourceOrgID': [tree.id], 'aws:ResourceOrgPaths': [path] };
}

function tags(prefix: string, list: ReadonlyMap<string, string> | undefined): Context {
  return Object.fromEntries([...(list ?? [])].map(([key, text]) => [`${prefix}/${key}`, [text]]));
}
