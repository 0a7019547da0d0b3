import { itemsOf } from '../plain.ts';
import type { Read } from './read.ts';

/** AWS: the NAT gateways of a Region that carry traffic; a VPC with one has a way to S3 without an endpoint (E). */
export const describeNatGateways: Read = {
  id: 'ec2:DescribeNatGateways',
  actions: ['ec2:DescribeNatGateways'],
  service: 'ec2',
  operation: 'DescribeNatGateways',
  scope: 'region',
  paging: 'token',
  answers: 'list',
  fills: { vpc: ['HasNatGateway'] },
  step: 'ec2:DescribeNatGateways',
  absences: [],
  run: async (clients, _, next) => {
    const { DescribeNatGatewaysCommand } = await import('@aws-sdk/client-ec2');
    const ec2 = await clients.ec2();
    const Filter = [{ Name: 'state', Values: ['available'] }];
    const answer = await ec2.send(
      new DescribeNatGatewaysCommand({ Filter, NextToken: next }),
      clients.sending,
    );
    return { items: itemsOf(answer.NatGateways, 'NatGateways'), next: answer.NextToken };
  },
};
