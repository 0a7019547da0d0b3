import { createHash } from 'node:crypto';
import type { SnapshotLine } from '@denyscope/model';
import { pageOf } from '../page.ts';
import {
  done,
  refused,
  type Answer,
  type Backdrop,
  type Call,
  type Operation,
  type Service,
} from '../service.ts';
import { documentText, memberOf, numberOf, omit, textOf, type Members } from '../value.ts';
import { enabledRegions } from '../world.ts';
import { DEFAULT_REGIONS } from '../region.ts';
import { listParameter, readQuery } from './query.ts';

/** EC2: the network of an account, as far as S3 cares. */
export const ec2Service: Service = {
  read: readQuery,
  operations: {
    DescribeRegions: describeRegions,
    DescribeVpcEndpoints: describe({
      list: 'VpcEndpoints',
      idParameter: 'VpcEndpointId',
      filters: {
        'service-name': 'ServiceName',
        'vpc-endpoint-id': 'VpcEndpointId',
        'vpc-endpoint-state': 'State',
        'vpc-endpoint-type': 'VpcEndpointType',
        'vpc-id': 'VpcId',
      },
      items: lines('vpc-endpoint', endpointOf),
    }),
    DescribeVpcs: describe({
      list: 'Vpcs',
      idParameter: 'VpcId',
      filters: { 'owner-id': 'OwnerId', state: 'State', 'vpc-id': 'VpcId' },
      items: lines('vpc', ({ data }) => omit(data, ['HasNatGateway'])),
    }),
    DescribeRouteTables: describe({
      list: 'RouteTables',
      idParameter: 'RouteTableId',
      filters: { 'owner-id': 'OwnerId', 'route-table-id': 'RouteTableId', 'vpc-id': 'VpcId' },
      items: lines('route-table', ({ data }) => data),
    }),
    DescribeNatGateways: describe({
      list: 'NatGateways',
      idParameter: 'NatGatewayId',
      filters: { 'nat-gateway-id': 'NatGatewayId', state: 'State', 'vpc-id': 'VpcId' },
      items: (call, backdrop) => natGateways(call, backdrop),
    }),
  },
};

const PAGE_SIZE = 3;

type Items = (call: Call, backdrop: Backdrop) => readonly Members[];

/** One `Describe…` operation. */
interface Description {
  readonly list: string;
  readonly idParameter: string;
  /** Filter → the member that it looks at. */
  readonly filters: Readonly<Record<string, string>>;
  readonly items: Items;
}

function lines(kind: string, shape: (line: SnapshotLine) => Members): Items {
  return ({ caller, region }, { world }) => world.owned(kind, caller.accountId, region).map(shape);
}

function endpointOf({ data }: SnapshotLine): Members {
  const document = memberOf(data, 'PolicyDocument');
  return document === undefined ? data : { ...data, PolicyDocument: documentText(document) };
}

/** A NAT gateway stands in every VPC of which the snapshot says so. */
function natGateways({ caller, region }: Call, { world }: Backdrop): readonly Members[] {
  const vpcs = world.owned('vpc', caller.accountId, region).map(({ data }) => data);
  return vpcs
    .filter((vpc) => memberOf(vpc, 'HasNatGateway') === true)
    .map((vpc) => {
      const vpcId = textOf(vpc, 'VpcId') ?? '';
      const id = createHash('sha256').update(vpcId).digest('hex').slice(0, 17);
      return { NatGatewayId: `nat-${id}`, VpcId: vpcId, State: 'available', ConnectivityType: 'public' };
    });
}

function describe(description: Description): Operation {
  return (call, backdrop) => {
    const { input, operation, caller, region } = call;
    const filters = filtersOf(input);
    const unknown = filters.find(({ name }) => !Object.hasOwn(description.filters, name));
    if (unknown !== undefined)
      return failed('InvalidParameterValue', `The filter '${unknown.name}' is invalid`);
    const ids = listParameter(input, description.idParameter);
    const idMember = description.idParameter;
    const wanted = description
      .items(call, backdrop)
      .filter((item) => ids.length === 0 || ids.includes(textOf(item, idMember) ?? ''))
      .filter((item) => filters.every((filter) => passes(item, filter, description)));
    const page = pageOf(wanted, {
      token: textOf(input, 'NextToken'),
      limit: numberOf(input, 'MaxResults'),
      pageSize: backdrop.pageSize ?? PAGE_SIZE,
      scope: [operation, caller.accountId, region].join(' '),
    });
    if (page === undefined) return failed('InvalidNextToken', 'The specified NextToken is invalid.');
    return done({ [description.list]: page.items, ...(page.next !== undefined && { NextToken: page.next }) });
  };
}

function failed(code: string, message: string): Answer {
  return refused({ status: 400, code, message });
}

interface Filter {
  readonly name: string;
  readonly values: readonly string[];
}

/** `Filter.1.Name`, `Filter.1.Value.1`, … */
function filtersOf(input: Members): readonly Filter[] {
  return Object.entries(input).flatMap(([key, name]) => {
    const place = /^Filter\.(\d{1,3})\.Name$/.exec(key)?.[1];
    if (place === undefined || typeof name !== 'string') return [];
    return [{ name, values: listParameter(input, `Filter.${place}.Value`) }];
  });
}

function passes(item: Members, filter: Filter, { filters }: Description): boolean {
  const value = textOf(item, filters[filter.name] ?? '');
  return value !== undefined && filter.values.includes(value);
}

function describeRegions({ caller, input }: Call, { world }: Backdrop): Answer {
  const names = listParameter(input, 'RegionName');
  const regions = enabledRegions(world, caller.accountId)
    .filter((name) => names.length === 0 || names.includes(name))
    .map((RegionName) => ({
      RegionName,
      Endpoint: `ec2.${RegionName}.amazonaws.com`,
      OptInStatus: DEFAULT_REGIONS.has(RegionName) ? 'opt-in-not-required' : 'opted-in',
    }));
  return done({ Regions: regions });
}
