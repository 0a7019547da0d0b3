import { parseArn } from '@denyscope/model';
import { ask, askList } from './ask.ts';
import { describeTrails } from './calls/describe-trails.ts';
import { getEventSelectors } from './calls/get-event-selectors.ts';
import { getTrailStatus } from './calls/get-trail-status.ts';
import { askAll, draftOf, emitDraft, isGone, textOf } from './draft.ts';
import type { Job } from './job.ts';
import type { JsonObject } from './plain.ts';

/** The trails that an account has at home in a Region, a line each (checklist.md I22). */
export async function collectTrails(job: Job, region: string): Promise<void> {
  const listed = await askList(job, describeTrails, { region });
  await Promise.all(
    listed.filter((trail) => isAtHome(job, region, trail)).map((trail) => collectTrail(job, region, trail)),
  );
}

/** Servers in AWS's place may list the shadow of a trail as well, whose own account and Region tell of it. */
function isAtHome({ accountId }: Job, region: string, trail: JsonObject): boolean {
  const owner = parseArn(textOf(trail, 'TrailARN') ?? '')?.accountId;
  return (textOf(trail, 'HomeRegion') ?? region) === region && (owner ?? accountId) === accountId;
}

async function collectTrail(job: Job, region: string, data: JsonObject): Promise<void> {
  const place = { region, id: textOf(data, 'TrailARN') ?? '' };
  const answers = await askAll(job, [getTrailStatus, getEventSelectors], place);
  if (await isGone(answers, () => ask(job, getTrailStatus, place))) return;
  emitDraft(job, draftOf({ kind: 'trail', accountId: job.accountId, region, data }, answers), describeTrails);
}
