import { type Producer } from './backend.ts';
import { type NamedJob, type OneJob } from './job-queue.ts';
import { JOBS, type JobName } from './jobs.ts';
import { checkPayload } from './payload.ts';

/** Whether a job was added and has not ended. */
export async function isPending(producer: Producer, job: NamedJob): Promise<boolean> {
  const state = await producer.getJobState(idOf(job));
  return state !== 'unknown' && !ENDED.has(state);
}

/** Forgets a job that ended; jobs that it waited for stay. */
export async function forgetEnded(producer: Producer, job: NamedJob): Promise<void> {
  const id = idOf(job);
  if (ENDED.has(await producer.getJobState(id))) await producer.remove(id, { removeChildren: false });
}

const ENDED: ReadonlySet<string> = new Set(['completed', 'failed']);

function idOf<Name extends JobName>({ name, payload }: OneJob<Name>): string {
  return JOBS[name].id(checkPayload(name, payload));
}
