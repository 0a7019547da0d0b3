import { itemsOf } from '../plain.ts';
import type { Read } from './read.ts';

/** AWS: the VPCs of a Region (semantics.md E, H.1). */
export const describeVpcs: Read = {
  id: 'ec2:DescribeVpcs',
  actions: ['ec2:DescribeVpcs'],
  service: 'ec2',
  operation: 'DescribeVpcs',
  scope: 'region',
  paging: 'token',
  answers: 'list',
  fills: { vpc: ['VpcId', 'OwnerId'] },
  step: 'ec2:DescribeVpcs',
  absences: [],
  run: async (clients, _, next) => {
    // The EC2 client is large and slow to load: a scan loads it once, and nothing else does.
    const { DescribeVpcsCommand } = await import('@aws-sdk/client-ec2');
    const ec2 = await clients.ec2();
    const answer = await ec2.send(new DescribeVpcsCommand({ NextToken: next }), clients.sending);
    return { items: itemsOf(answer.Vpcs, 'Vpcs'), next: answer.NextToken };
  },
};
