/** The real SDK clients, against an endpoint of ours. */
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { EC2Client } from '@aws-sdk/client-ec2';
import { IAMClient } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { S3Client } from '@aws-sdk/client-s3';
import { S3ControlClient } from '@aws-sdk/client-s3-control';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { SCANNER_ACCESS_KEY_ID, type FakeAws } from '@denyscope/fake-aws';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export const SCANNER: Credentials = { accessKeyId: SCANNER_ACCESS_KEY_ID, secretAccessKey: 'any' };

export interface ClientOptions {
  readonly credentials?: Credentials;
  readonly region?: string;
  readonly maxAttempts?: number;
}

/** One client of every service, all with the same credentials. */
export function clientsOf(aws: Pick<FakeAws, 'url'>, options: ClientOptions = {}) {
  const { credentials = SCANNER, region = 'eu-west-1', maxAttempts = 1 } = options;
  const config = { endpoint: aws.url, credentials, region, maxAttempts };
  // The SDK puts the account id before the host, which an address cannot have: `Invalid URL` (stack.md section 5).
  const { endpoint: _endpoint, ...withoutEndpoint } = config;
  const s3ControlConfig = { ...withoutEndpoint, endpointProvider: () => ({ url: new URL(aws.url) }) };
  return {
    sts: new STSClient(config),
    organizations: new OrganizationsClient(config),
    iam: new IAMClient(config),
    ec2: new EC2Client(config),
    cloudtrail: new CloudTrailClient(config),
    kms: new KMSClient(config),
    s3: new S3Client({ ...config, forcePathStyle: true, followRegionRedirects: true }),
    s3Control: new S3ControlClient(s3ControlConfig),
    multiRegionControl: new S3ControlClient({ ...s3ControlConfig, region: 'us-west-2' }),
  };
}

export type Clients = ReturnType<typeof clientsOf>;

export interface RoleOptions {
  readonly roleName?: string;
  readonly externalId?: string;
  readonly seconds?: number;
  /** Who asks; the scanner unless given. */
  readonly as?: Credentials;
}

/** Credentials of the scanner's role in an account. */
export async function assumed(
  aws: Pick<FakeAws, 'url'>,
  accountId: string,
  role: RoleOptions = {},
): Promise<Credentials> {
  const { sts } = clientsOf(aws, { credentials: role.as ?? SCANNER });
  const { Credentials: issued } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${accountId}:role/${role.roleName ?? 'DenyscopeScanner'}`,
      RoleSessionName: 's3-scan-1',
      ExternalId: role.externalId,
      DurationSeconds: role.seconds,
    }),
  );
  return {
    accessKeyId: issued?.AccessKeyId ?? '',
    secretAccessKey: issued?.SecretAccessKey ?? '',
    sessionToken: issued?.SessionToken ?? '',
  };
}

/** Name and HTTP status of the error that a call ends with. */
export async function failureOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'no error';
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}
