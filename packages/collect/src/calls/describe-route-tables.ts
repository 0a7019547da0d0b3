import { itemsOf } from '../plain.ts';
import type { Read } from './read.ts';

/** AWS: the route tables of a Region: which subnets go through a NAT gateway, and which to a gateway endpoint (E). */
export const describeRouteTables: Read = {
  id: 'ec2:DescribeRouteTables',
  actions: ['ec2:DescribeRouteTables'],
  service: 'ec2',
  operation: 'DescribeRouteTables',
  scope: 'region',
  paging: 'token',
  answers: 'list',
  fills: { 'route-table': ['VpcId', 'OwnerId', 'Associations', 'Routes'] },
  step: 'ec2:DescribeRouteTables',
  absences: [],
  run: async (clients, _, next) => {
    const { DescribeRouteTablesCommand } = await import('@aws-sdk/client-ec2');
    const ec2 = await clients.ec2();
    const answer = await ec2.send(new DescribeRouteTablesCommand({ NextToken: next }), clients.sending);
    return { items: itemsOf(answer.RouteTables, 'RouteTables'), next: answer.NextToken };
  },
};
