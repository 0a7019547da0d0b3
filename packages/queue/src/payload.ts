import { type z } from 'zod';
import { QueueError } from './error.ts';
import { JOBS, type JobName, type JobPayloads } from './jobs.ts';

/**
 * The payload of a job, checked against its schema.
 *
 * @throws QueueError `invalid-payload`, which names the place and never the value
 */
export function checkPayload<Name extends JobName>(name: Name, payload: unknown): JobPayloads[Name] {
  const result = JOBS[name].payload.safeParse(payload);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new QueueError(
    'invalid-payload',
    `payload of ${name}: ${issue ? faultOf(issue) : 'not what it takes'}`,
  );
}

function faultOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys')
    return `${placeOf([...issue.path, issue.keys[0] ?? ''])}: no such field`;
  return `${placeOf(issue.path)}: ${issue.message.replace(/^Invalid input: /, '')}`;
}

function placeOf(path: readonly PropertyKey[]): string {
  return path.length === 0 ? 'the whole' : `\`/${path.map(String).join('/')}\``;
}
