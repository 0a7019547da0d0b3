import { fieldOf, optionalFieldOf } from '../plain.ts';
import type { Read } from './read.ts';

/** AWS: whether a trail records, and why S3 last refused its log file; its moments change daily, and are left out. */
export const getTrailStatus: Read = {
  id: 'cloudtrail:GetTrailStatus',
  actions: ['cloudtrail:GetTrailStatus'],
  service: 'cloudtrail',
  operation: 'GetTrailStatus',
  scope: 'bucket',
  paging: 'none',
  answers: 'fields',
  fills: { trail: ['IsLogging', 'LatestDeliveryError'] },
  absences: [],
  run: async (clients, { id: Name }) => {
    const { GetTrailStatusCommand } = await import('@aws-sdk/client-cloudtrail');
    const cloudtrail = await clients.cloudtrail();
    const answer = await cloudtrail.send(new GetTrailStatusCommand({ Name }), clients.sending);
    return {
      items: [{ ...fieldOf(answer, 'IsLogging'), ...optionalFieldOf(answer, 'LatestDeliveryError') }],
    };
  },
};
