import { itemsOf } from '../plain.ts';
import type { Read } from './read.ts';

/** AWS: the VPC endpoints of a Region with their policies (semantics.md E, H.1). */
export const describeVpcEndpoints: Read = {
  id: 'ec2:DescribeVpcEndpoints',
  actions: ['ec2:DescribeVpcEndpoints'],
  service: 'ec2',
  operation: 'DescribeVpcEndpoints',
  scope: 'region',
  paging: 'token',
  answers: 'list',
  fills: {
    'vpc-endpoint': ['VpcEndpointType', 'VpcId', 'ServiceName', 'State', 'PolicyDocument', 'OwnerId'],
  },
  step: 'ec2:DescribeVpcEndpoints',
  absences: [],
  run: async (clients, _, next) => {
    // The EC2 client is large and slow to load: a scan loads it once, and nothing else does.
    const { DescribeVpcEndpointsCommand } = await import('@aws-sdk/client-ec2');
    const ec2 = await clients.ec2();
    const answer = await ec2.send(new DescribeVpcEndpointsCommand({ NextToken: next }), clients.sending);
    return { items: itemsOf(answer.VpcEndpoints, 'VpcEndpoints'), next: answer.NextToken };
  },
};
