import type { Estate } from '@denyscope/inventory';
import { explain, type CompiledEstate } from '@denyscope/matrix';
import type { ExplainAnswer, ExplainRequest } from '@denyscope/model';
import { judgeS3 } from '@denyscope/spec';
import type { Random } from '@denyscope/worlds';
import { holdsAt } from '../evaluate-expression.ts';
import { atWitness, drawPoint, isClosable, type Closed } from './points.ts';
import { specRequest } from './spec-request.ts';

const SCAN = { id: 'scan', finishedAt: '2026-11-22T02:00:00Z' };
const POINTS = 4;

export interface Asked {
  readonly estate: Estate;
  readonly compiled: CompiledEstate;
  readonly request: ExplainRequest;
  readonly answer: ExplainAnswer;
  readonly random: Random;
}

export function ask(compiled: CompiledEstate, request: ExplainRequest): ExplainAnswer | undefined {
  const asked = explain(compiled, request, SCAN);
  return asked.ok ? asked.answer : undefined;
}

function pointsOf(asked: Asked, isOrdinary: boolean): readonly Closed[] {
  if (!isClosable(asked.answer)) return [];
  return Array.from({ length: POINTS }, () => drawPoint(asked, isOrdinary)).filter(
    (closed) => closed !== undefined,
  );
}

/** The first point at which the open answer and the closed one part. */
export function parted(asked: Asked): unknown {
  const { answer, compiled, request } = asked;
  return pointsOf(asked, true)
    .map((closed) => {
      const expected = holdsAt(answer.condition, closed.point);
      if (expected === undefined) return undefined;
      const verdict = ask(compiled, closed.request)?.verdict;
      if (verdict === (expected ? 'allowed' : 'denied')) return undefined;
      return {
        open: answer.verdict,
        text: answer.conditionText,
        request,
        closed: closed.request,
        expected,
        verdict,
      };
    })
    .find((difference) => difference !== undefined);
}

/** A witness of an allowed or conditional answer that either side does not allow when closed in. */
export function falseWitness(asked: Asked): unknown {
  const { answer, compiled, request } = asked;
  if (!hasWitness(answer)) return undefined;
  const text = answer.conditionText;
  if (answer.witness === null) return { request, text, witness: null };
  if (isImpossible(answer.witness)) return { request, text, impossible: answer.witness };
  const closed = atWitness(asked);
  const closing = closed && ask(compiled, closed.request);
  if (closed === undefined || closing?.verdict === 'allowed') return undefined;
  const { verdict, conditionText } = closing ?? {};
  return {
    request,
    text,
    witness: answer.witness,
    closed: closed.request,
    verdict,
    stillOpen: conditionText,
  };
}

/** C.12: a call through an endpoint has no public address, and the age of MFA implies MFA. */
function isImpossible(witness: Readonly<Record<string, readonly string[]>>): boolean {
  const isThroughEndpoint = Object.keys(witness).some(
    (key) => /^aws:(Source|vpc)/i.test(key) && /vpc/i.test(key),
  );
  const withoutMfa = !(witness['aws:MultiFactorAuthPresent'] ?? []).includes('true');
  return (
    ('aws:SourceIp' in witness && isThroughEndpoint) || ('aws:MultiFactorAuthAge' in witness && withoutMfa)
  );
}

/** Keys that are compared with one another may leave the search for a witness without one. */
function hasWitness(answer: ExplainAnswer): boolean {
  const isPossible = answer.verdict === 'conditional' || answer.verdict === 'allowed';
  const isRelated = JSON.stringify(answer.condition).includes('relation');
  return isPossible && isClosable(answer) && !(answer.witness === null && isRelated);
}

/** A point at which the specification says otherwise than the engine. */
export function overruled(asked: Asked): unknown {
  const { compiled, estate } = asked;
  return pointsOf(asked, false)
    .map(({ request }) => {
      const closed = ask(compiled, request);
      const expressed = specRequest(estate, request);
      if (!expressed || (closed?.verdict !== 'allowed' && closed?.verdict !== 'denied')) return undefined;
      const { verdict, because } = judgeS3(expressed);
      if ((verdict === 'Allowed') === (closed.verdict === 'allowed')) return undefined;
      return { request, engine: closed.verdict, spec: verdict, because, blockers: closed.blockers };
    })
    .find((difference) => difference !== undefined);
}
