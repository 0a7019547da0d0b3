import { type Problem } from '@denyscope/matrix';
import { CommandError, UsageError } from './failure.ts';

/** A question that has no answer: it makes no sense, or names what is not in the scan. */
export function problemError({ code, message }: Problem): Error {
  return code === 'invalid' ? new UsageError(message) : new CommandError(message);
}
