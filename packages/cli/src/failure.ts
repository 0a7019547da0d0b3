import { ConfigurationError, type Environment, redact } from '@denyscope/ops';

/** The exit statuses of formats.md section 3. */
export const STATUS = {
  done: 0,
  failed: 1,
  usage: 2,
  failOn: 3,
  denied: 10,
  conditional: 11,
  unknown: 12,
} as const;

/** The command cannot do what was asked; the message is for the person who asked. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** The command was called wrongly. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

interface Failure {
  readonly status: number;
  readonly lines: readonly string[];
}

/** Errors whose message is for people; by name, since their modules are loaded only where they are needed. */
const FORESEEN = new Set([
  'CommandError',
  'UsageError',
  'ConfigurationError',
  'StoreError',
  'QueueError',
  'SnapshotError',
]);

/** What to say of an error, and with which status to end. Stacks are for those who ask for them. */
export function failureOf(error: unknown, environment: Environment): Failure | undefined {
  if (error instanceof Error && error.name === 'OutputClosed') return undefined;
  const { status, lines } = inWords(error);
  const more = environment['DENYSCOPE_DEBUG'] ? stacksOf(error) : hintFor(error);
  return { status, lines: [...lines, ...more].map((line) => redact(line)) };
}

function inWords(error: unknown): Failure {
  if (error instanceof ConfigurationError) {
    const faults = error.faults.map(({ variable, message }) => `  ${variable}: ${message}`);
    return { status: STATUS.usage, lines: ['the environment is wrong', ...faults] };
  }
  if (error instanceof UsageError) return { status: STATUS.usage, lines: [error.message] };
  return { status: STATUS.failed, lines: [error instanceof Error ? error.message : String(error)] };
}

/** What nobody foresaw is easier to mend with a stack. */
function hintFor(error: unknown): readonly string[] {
  const isForeseen = error instanceof Error && FORESEEN.has(error.name);
  return isForeseen ? [] : ['this was not foreseen: DENYSCOPE_DEBUG=1 shows where it comes from'];
}

function stacksOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [];
  return [error.stack ?? error.message, ...stacksOf(error.cause)];
}
