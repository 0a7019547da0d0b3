import { invalidResponse } from '../collect-error.ts';
import { optionalFieldOf } from '../plain.ts';
import type { Read } from './read.ts';

/** AWS: what a trail records: S3 data events only where a selector of either form asks for them (checklist.md I22). */
export const getEventSelectors: Read = {
  id: 'cloudtrail:GetEventSelectors',
  actions: ['cloudtrail:GetEventSelectors'],
  service: 'cloudtrail',
  operation: 'GetEventSelectors',
  scope: 'bucket',
  paging: 'none',
  answers: 'fields',
  fills: { trail: ['EventSelectors', 'AdvancedEventSelectors'] },
  absences: [],
  run: async (clients, { id: TrailName }) => {
    const { GetEventSelectorsCommand } = await import('@aws-sdk/client-cloudtrail');
    const cloudtrail = await clients.cloudtrail();
    const answer = await cloudtrail.send(new GetEventSelectorsCommand({ TrailName }), clients.sending);
    if (answer.TrailARN === undefined) throw invalidResponse('the answer has no `TrailARN`');
    const selectors = optionalFieldOf(answer, 'EventSelectors');
    return { items: [{ ...selectors, ...optionalFieldOf(answer, 'AdvancedEventSelectors') }] };
  },
};
