import { type Answered } from '@denyscope/matrix';
import {
  type ExplainAnswer,
  type ExplainRequest,
  type Verdict,
  explainRequestSchema,
  firstFault,
} from '@denyscope/model';
import { CommandError } from './failure.ts';
import { type TextLine, openInput, textLines } from './input.ts';
import { type ScanChoice, withScan } from './scan.ts';
import { type Session } from './session.ts';

/** The least good first: which verdict tells of a whole file. */
const WORST_FIRST: readonly Verdict[] = ['denied', 'unknown', 'conditional', 'allowed'];

/**
 * Answers a file of requests, one line of JSON for each, in order and as they are read. Gives the worst verdict.
 *
 * @throws CommandError at the first line that cannot be answered
 */
export async function explainFile(session: Session, file: string, choice: ScanChoice): Promise<Verdict> {
  const { terminal } = session;
  const input = await openInput(file, terminal);
  return withScan(session, choice, async ({ compiled, ref }) => {
    const { explain } = await import('@denyscope/matrix');
    const seen = new Set<Verdict>();
    for await (const line of textLines(input.chunks)) {
      const at = `${input.name}: line ${line.number}`;
      const answer = answerOf(at, explain(compiled, requestIn(at, line), ref));
      seen.add(answer.verdict);
      await terminal.out(`${JSON.stringify(answer)}\n`);
    }
    return WORST_FIRST.find((verdict) => seen.has(verdict)) ?? 'allowed';
  });
}

function requestIn(at: string, { text }: TextLine): ExplainRequest {
  const parsed = explainRequestSchema.safeParse(jsonIn(at, text));
  if (parsed.success) return parsed.data;
  const { path, message } = firstFault(parsed.error);
  throw new CommandError([at, path, message].filter((part) => part !== '').join(': '));
}

function jsonIn(at: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CommandError(`${at}: expected a JSON object`, { cause: error });
  }
}

function answerOf(at: string, answer: Answered<ExplainAnswer>): ExplainAnswer {
  if (answer.ok) return answer.answer;
  throw new CommandError(`${at}: /${answer.problem.field}: ${answer.problem.message}`);
}
