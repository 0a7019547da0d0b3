import { compilePolicy, decideClosed } from '@denyscope/engine';
import { type ClosedRequest } from './closed-request.ts';
import { questionOf } from './engine-question.ts';
import { rivalAnswer, simulationOf } from './rival.ts';

/** What both sides answered: only what they agree on is timed. */
export interface Compared {
  readonly drawn: number;
  readonly same: readonly ClosedRequest[];
  /** Ours, of those on which both agree. */
  readonly answers: ReadonlyMap<string, number>;
  readonly refused: number;
  readonly disagreed: readonly string[];
}

/** Both answers to every request. */
export async function compared(requests: readonly ClosedRequest[]): Promise<Compared> {
  const same: ClosedRequest[] = [];
  const answers = new Map<string, number>();
  const disagreed: string[] = [];
  let refused = 0;
  for (const request of requests) {
    const ours = answerOf(request);
    const theirs = await rivalAnswer(simulationOf(request, parse));
    if (theirs === undefined) refused++;
    else if (theirs !== ours) disagreed.push(`${request.id}: ours ${ours}, peer ${theirs}`);
    else {
      same.push(request);
      answers.set(ours, (answers.get(ours) ?? 0) + 1);
    }
  }
  return { drawn: requests.length, same, answers, refused, disagreed };
}

function answerOf(request: ClosedRequest): string {
  const decision = decideClosed(questionOf(request, compilePolicy));
  if (decision.verdict === 'allowed') return 'Allowed';
  return decision.blockers.some((blocker) => blocker.explicit) ? 'ExplicitlyDenied' : 'ImplicitlyDenied';
}

/** A document as the peer takes it. */
export function parse(text: string): unknown {
  const value: unknown = JSON.parse(text);
  return value;
}
