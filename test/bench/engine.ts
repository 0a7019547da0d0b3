import { compilePolicy, decideClosed } from '@denyscope/engine';
import { type World } from '@denyscope/worlds';
import { closedRequests, type ClosedRequest } from './closed-request.ts';
import { compared, parse, type Compared } from './compared.ts';
import { compileOnce, questionOf } from './engine-question.ts';
import { rivalAnswer, simulationOf } from './rival.ts';
import { type Row } from './row.ts';
import { ratesOf } from './timing.ts';

const DRAWN = 1_500;

/** What the engine measures came to, and on which requests they rest. */
export interface EngineResult {
  readonly rows: readonly Row[];
  readonly compared: Compared;
}

/** Closed requests per second against the peer, under the policies of a generated organization. */
export async function measureEngine(world: World): Promise<EngineResult> {
  const both = await compared(closedRequests(world, 1, DRAWN));
  return { rows: [await compiledBefore(both.same), await fromText(both.same)], compared: both };
}

async function compiledBefore(requests: readonly ClosedRequest[]): Promise<Row> {
  const compile = compileOnce();
  const questions = requests.map((request) => questionOf(request, compile));
  const simulations = requests.map((request) => simulationOf(request, parse));
  const rates = await ratesOf(
    requests.length,
    () => {
      for (const question of questions) decideClosed(question);
    },
    async () => {
      for (const simulation of simulations) await rivalAnswer(simulation);
    },
  );
  return { measure: 'closed requests, policies prepared before', ...rates, unit: '/s', notes: [1, 2] };
}

async function fromText(requests: readonly ClosedRequest[]): Promise<Row> {
  const rates = await ratesOf(
    requests.length,
    () => {
      for (const request of requests) decideClosed(questionOf(request, compilePolicy));
    },
    async () => {
      for (const request of requests) await rivalAnswer(simulationOf(request, parse));
    },
  );
  return { measure: 'closed requests, from policy text', ...rates, unit: '/s', notes: [1, 3] };
}
