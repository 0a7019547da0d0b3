import { invalidResponse } from '../collect-error.ts';

/** The place in an SDK command's middleware where the answer is still bytes. */
export const AT_THE_WIRE = { step: 'deserialize', name: 'expectRootElement', priority: 'low' } as const;

interface Raw {
  readonly response: unknown;
}

/**
 * Middleware that refuses an answer whose root element is another one. Needed where an empty answer means that
 * nothing is configured: an emulator that does not know the call may answer it with something else, and the SDK
 * reads that as empty too (stack.md section 5).
 */
export function expectRoot(
  root: string,
): <Asked, Result extends Raw>(next: (asked: Asked) => Promise<Result>) => (asked: Asked) => Promise<Result> {
  return (next) => async (asked) => {
    const result = await next(asked);
    await checkRoot(result.response, root);
    return result;
  };
}

interface Answer {
  readonly statusCode: number;
  body: AsyncIterable<Uint8Array> | Uint8Array;
}

async function checkRoot(answer: unknown, root: string): Promise<void> {
  // AWS: refusals have a root of their own, and the SDK reads those.
  if (!isAnswer(answer) || answer.statusCode >= 300) return;
  const body = answer.body instanceof Uint8Array ? answer.body : await bytesOf(answer.body);
  answer.body = body;
  const found = /<([A-Za-z][\w.-]*)/.exec(Buffer.from(body).toString('utf8').slice(0, 1000))?.[1];
  if (found !== root) throw invalidResponse(`expected \`${root}\`, the answer is \`${found ?? 'empty'}\``);
}

async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function isAnswer(value: unknown): value is Answer {
  return typeof value === 'object' && value !== null && 'statusCode' in value && 'body' in value;
}
