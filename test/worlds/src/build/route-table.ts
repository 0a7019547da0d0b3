import type { SnapshotData, SnapshotLine } from '@denyscope/model';
import { textAt } from '../managed/attach.ts';
import { hexOf } from './ids.ts';
import { routeTableIdOf } from './network.ts';

type RouteTable = SnapshotData<'route-table'>;
type Route = NonNullable<RouteTable['Routes']>[number];

/**
 * The main route table of every VPC among these lines: out through its NAT gateway where it has one, and to S3 through
 * its gateway endpoints among them.
 */
export function routeTables(lines: readonly SnapshotLine[]): readonly SnapshotLine[] {
  const endpoints = lines.filter(
    ({ kind, data }) => kind === 'vpc-endpoint' && data['VpcEndpointType'] === 'Gateway',
  );
  return lines.filter(({ kind }) => kind === 'vpc').map((vpc) => routeTable(vpc, endpoints));
}

function routeTable(vpc: SnapshotLine, endpoints: readonly SnapshotLine[]): SnapshotLine {
  const VpcId = textAt(vpc.data, 'VpcId') ?? '';
  const RouteTableId = routeTableIdOf(VpcId);
  const data: RouteTable = {
    RouteTableId,
    VpcId,
    ...(vpc.accountId !== undefined && { OwnerId: vpc.accountId }),
    Associations: [
      { Main: true, RouteTableId, RouteTableAssociationId: `rtbassoc-${hexOf(RouteTableId, 17)}` },
    ],
    Routes: [
      {
        DestinationCidrBlock: '10.20.0.0/16',
        GatewayId: 'local',
        State: 'active',
        Origin: 'CreateRouteTable',
      },
      ...(vpc.data['HasNatGateway'] === true ? [natRoute(VpcId)] : []),
      ...endpoints.filter(({ data: { VpcId: at } }) => at === VpcId).map(endpointRoute),
    ],
    PropagatingVgws: [],
    Tags: [],
  };
  return { ...vpc, kind: 'route-table', data };
}

function natRoute(vpcId: string): Route {
  const NatGatewayId = `nat-${hexOf(`${vpcId} nat`, 17)}`;
  return { DestinationCidrBlock: '0.0.0.0/0', NatGatewayId, State: 'active', Origin: 'CreateRoute' };
}

/** AWS: S3 in a Region is one prefix list, which every gateway endpoint of the Region routes to itself. */
function endpointRoute({ data, region }: SnapshotLine): Route {
  return {
    DestinationPrefixListId: `pl-${hexOf(`${region ?? ''} s3`, 8)}`,
    GatewayId: textAt(data, 'VpcEndpointId') ?? '',
    State: 'active',
    Origin: 'CreateRoute',
  };
}
