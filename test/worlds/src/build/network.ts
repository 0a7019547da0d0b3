import type { SnapshotData, SnapshotLine } from '@denyscope/model';
import { hexOf } from './ids.ts';
import { allow, indentedText, policy, type Document } from './policy.ts';

/** The id of the VPC that `vpc()` makes under this name. */
export function vpcIdOf(accountId: string, name: string): string {
  return `vpc-${hexOf(`${accountId} vpc ${name}`, 17)}`;
}

/** The id of the endpoint that `endpoint()` makes under this name. */
export function endpointIdOf(accountId: string, name: string): string {
  return `vpce-${hexOf(`${accountId} vpce ${name}`, 17)}`;
}

/** The id of the route table that `routeTables()` makes for a VPC. */
export function routeTableIdOf(vpcId: string): string {
  return `rtb-${hexOf(`${vpcId} rtb`, 17)}`;
}

export interface NetworkSpec {
  readonly region?: string;
  readonly natGateway?: boolean;
}

export function vpc(accountId: string, name: string, spec: NetworkSpec = {}): SnapshotLine {
  const data: SnapshotData<'vpc'> = {
    VpcId: vpcIdOf(accountId, name),
    OwnerId: accountId,
    CidrBlock: '10.20.0.0/16',
    State: 'available',
    IsDefault: false,
    HasNatGateway: spec.natGateway ?? false,
    Tags: [{ Key: 'Name', Value: name }],
  };
  return { kind: 'vpc', accountId, region: spec.region ?? 'eu-west-1', data };
}

export interface EndpointSpec {
  /** The name of its VPC. */
  readonly vpc: string;
  readonly region?: string;
  readonly type?: 'Gateway' | 'Interface';
  /** The default policy lets everything through. */
  readonly policy?: Document;
}

/** The policy of an endpoint made without one. */
export const OPEN_ENDPOINT_POLICY: Document = {
  Version: '2008-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
};

/** A VPC endpoint for S3. */
export function endpoint(accountId: string, name: string, spec: EndpointSpec): SnapshotLine {
  const region = spec.region ?? 'eu-west-1';
  const type = spec.type ?? 'Gateway';
  const id = endpointIdOf(accountId, name);
  const data: SnapshotData<'vpc-endpoint'> = {
    VpcEndpointId: id,
    VpcEndpointType: type,
    VpcId: vpcIdOf(accountId, spec.vpc),
    ServiceName: `com.amazonaws.${region}.s3`,
    State: 'available',
    PolicyDocument: indentedText(spec.policy ?? OPEN_ENDPOINT_POLICY),
    RouteTableIds: type === 'Gateway' ? [routeTableIdOf(vpcIdOf(accountId, spec.vpc))] : [],
    SubnetIds: type === 'Gateway' ? [] : [`subnet-${hexOf(`${id} subnet`, 17)}`],
    PrivateDnsEnabled: type !== 'Gateway',
    OwnerId: accountId,
    Tags: [{ Key: 'Name', Value: name }],
  };
  return { kind: 'vpc-endpoint', accountId, region, data };
}

/** An endpoint policy that lets only these buckets through. */
export function bucketAllowList(buckets: readonly string[]): Document {
  const resources = buckets.flatMap((name) => [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`]);
  return policy(allow('s3:*', resources, { Sid: 'AllowListedBuckets', Principal: '*' }));
}
