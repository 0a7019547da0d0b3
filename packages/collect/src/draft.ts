import { ask, reportGap, type Answer, type Place } from './ask.ts';
import type { Read } from './calls/read.ts';
import type { Job } from './job.ts';
import { finishLine, type Draft, type UnreadableField } from './line.ts';
import type { JsonObject } from './plain.ts';

/** A read that was asked, and what came of it. */
export interface Asked {
  readonly read: Read;
  readonly answer: Answer;
}

/** Asks several reads about one thing at once. */
export async function askAll(job: Job, reads: readonly Read[], place: Place): Promise<readonly Asked[]> {
  return Promise.all(reads.map(async (read) => ({ read, answer: await ask(job, read, place) })));
}

/** The fields that an answer fills: those of the one item, or the list as the read's one field. */
export function fieldsOf({ read, answer }: Asked): JsonObject {
  if (answer.kind !== 'seen') return {};
  const [name] = fieldNames(read);
  if (read.answers === 'list' && name !== undefined) return { [name]: answer.items };
  return answer.items[0] ?? {};
}

/** The fields that an answer leaves unreadable: all that the read would have filled. */
export function unreadableOf({ read, answer }: Asked): readonly UnreadableField[] {
  if (answer.kind !== 'unreadable' && answer.kind !== 'gone') return [];
  const { reason, message } = answer;
  return fieldNames(read).map((field) => unreadableField(field, reason, message));
}

export function unreadableField(field: string, reason: string, message: string): UnreadableField {
  return { field, reason, ...(message !== '' && { message }) };
}

function fieldNames(read: Read): readonly string[] {
  return Object.values(read.fills).flat();
}

/** A line of what was known before, and of what the answers add to it. */
export function draftOf(base: Draft, answers: readonly Asked[]): Draft {
  const data = Object.fromEntries([base.data, ...answers.map(fieldsOf)].flatMap(Object.entries<unknown>));
  return { ...base, data, unreadable: [...(base.unreadable ?? []), ...answers.flatMap(unreadableOf)] };
}

/** Says whether a thing was deleted while it was read. */
export type Confirm = () => Promise<Answer>;

/**
 * AWS: what was listed and is not found any more was deleted during the scan, and is dropped (semantics.md H.6). One
 * answer is not proof enough to drop a bucket: `confirm` asks for something that every live one has.
 */
export async function isGone(answers: readonly Asked[], confirm: Confirm): Promise<boolean> {
  return answers.some(({ answer }) => answer.kind === 'gone') && (await confirm()).kind === 'gone';
}

/** Hands a line on; where not even its identity fits AWS's shape, the listing is a gap. */
export function emitDraft(job: Job, draft: Draft, listing: Read): void {
  const finished = finishLine(draft);
  if ('line' in finished) {
    job.emit(finished.line);
    return;
  }
  const { path, message } = finished.fault;
  const region = draft.region ?? job.homeRegion;
  reportGap(job, listing, { region }, { reason: 'InvalidResponse', message: `${path}: ${message}` });
}

/** A member that is text, or undefined. */
export function textOf(data: JsonObject, name: string): string | undefined {
  const value = data[name];
  return typeof value === 'string' ? value : undefined;
}
