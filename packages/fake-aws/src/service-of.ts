import type { CredentialScope, HttpRequest } from './http.ts';
import type { ServiceName } from './service.ts';
import { S3_CONTROL_PATH } from './services/s3-control.ts';

/** What services sign as; S3 and S3 Control share a name. */
const SCOPES: ReadonlyMap<string, ServiceName> = new Map<string, ServiceName>([
  ['sts', 'sts'],
  ['iam', 'iam'],
  ['ec2', 'ec2'],
  ['cloudtrail', 'cloudtrail'],
  ['organizations', 'organizations'],
  ['kms', 'kms'],
]);

/**
 * The service that a request is for, by the scope of its signature. S3 Control signs as S3 does, and is told apart
 * by its path and header; what is not signed at all is judged by its form, so that the refusal is well spelled.
 */
export function serviceOf(request: HttpRequest, scope: CredentialScope | undefined): ServiceName {
  const named = scope === undefined ? undefined : SCOPES.get(scope.service);
  if (named !== undefined) return named;
  if (request.headers['x-amz-account-id'] !== undefined && request.path.startsWith(S3_CONTROL_PATH)) {
    return 's3-control';
  }
  return scope === undefined ? unsignedService(request) : 's3';
}

/** The version of each Query API, which every request to it carries. */
const VERSIONS: ReadonlyMap<string, ServiceName> = new Map<string, ServiceName>([
  ['2011-06-15', 'sts'],
  ['2010-05-08', 'iam'],
  ['2016-11-15', 'ec2'],
]);

function unsignedService({ headers, body }: HttpRequest): ServiceName {
  const target = headers['x-amz-target'] ?? '';
  if (target.startsWith('AWSOrganizations')) return 'organizations';
  if (target.startsWith('TrentService')) return 'kms';
  if (target.includes('CloudTrail_')) return 'cloudtrail';
  return VERSIONS.get(new URLSearchParams(body).get('Version') ?? '') ?? 's3';
}
