import { itemsOf } from '../plain.ts';
import type { Read } from './read.ts';

/**
 * AWS: the trails whose home is the Region. The shadows that a trail throws into other Regions, and the trail of the
 * organization into member accounts, are left out, so that each trail is told once (checklist.md I22).
 */
export const describeTrails: Read = {
  id: 'cloudtrail:DescribeTrails',
  actions: ['cloudtrail:DescribeTrails'],
  service: 'cloudtrail',
  operation: 'DescribeTrails',
  scope: 'region',
  paging: 'none',
  answers: 'list',
  fills: {
    trail: [
      'Name',
      'TrailARN',
      'HomeRegion',
      'S3BucketName',
      'KmsKeyId',
      'IsMultiRegionTrail',
      'IsOrganizationTrail',
    ],
  },
  step: 'cloudtrail:DescribeTrails',
  absences: [],
  run: async (clients) => {
    const { DescribeTrailsCommand } = await import('@aws-sdk/client-cloudtrail');
    const cloudtrail = await clients.cloudtrail();
    const command = new DescribeTrailsCommand({ includeShadowTrails: false });
    const answer = await cloudtrail.send(command, clients.sending);
    return { items: itemsOf(answer.trailList, 'trailList') };
  },
};
