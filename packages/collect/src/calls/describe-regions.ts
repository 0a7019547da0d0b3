import { itemsOf } from '../plain.ts';
import type { Read } from './read.ts';

/** AWS: the Regions that are enabled for the account (semantics.md H.4). */
export const describeRegions: Read = {
  id: 'ec2:DescribeRegions',
  actions: ['ec2:DescribeRegions'],
  service: 'ec2',
  operation: 'DescribeRegions',
  scope: 'account',
  paging: 'none',
  answers: 'list',
  fills: { account: ['EnabledRegions'] },
  step: 'ec2:DescribeRegions',
  absences: [],
  run: async (clients) => {
    // The EC2 client is large and slow to load: a scan loads it once, and nothing else does.
    const { DescribeRegionsCommand } = await import('@aws-sdk/client-ec2');
    const ec2 = await clients.ec2();
    const answer = await ec2.send(new DescribeRegionsCommand({ AllRegions: false }), clients.sending);
    return { items: itemsOf(answer.Regions, 'Regions') };
  },
};
