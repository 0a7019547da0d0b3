import {
  compilePolicy,
  decideClosed,
  type ClosedQuestion,
  type CompiledPolicy,
  type PolicySource,
  type PolicyType,
} from '@denyscope/engine';
import { parsePrincipal, seen } from '@denyscope/model';
import { type World } from '@denyscope/worlds';
import { closedRequests, type ClosedRequest, type Document } from './closed-request.ts';
import { rivalAnswer, simulationOf } from './rival.ts';
import { type Row } from './row.ts';
import { ratesOf } from './timing.ts';

const DRAWN = 1_500;

/** What the engine measures came to, and on how many requests they rest. */
export interface EngineResult {
  readonly rows: readonly Row[];
  readonly drawn: number;
  readonly refused: number;
  readonly disagreed: readonly string[];
}

/** Closed requests per second against the peer, on those requests on which both give one answer. */
export async function measureEngine(world: World): Promise<EngineResult> {
  const drawn = closedRequests(world, 1, DRAWN);
  const { same, refused, disagreed } = await compared(drawn);
  const rows = [await compiledBefore(same), await fromText(same)];
  return { rows, drawn: drawn.length, refused, disagreed };
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

interface Compared {
  readonly same: readonly ClosedRequest[];
  readonly refused: number;
  readonly disagreed: readonly string[];
}

async function compared(requests: readonly ClosedRequest[]): Promise<Compared> {
  const same: ClosedRequest[] = [];
  const disagreed: string[] = [];
  let refused = 0;
  for (const request of requests) {
    const ours = answerOf(request);
    const theirs = await rivalAnswer(simulationOf(request, parse));
    if (theirs === undefined) refused++;
    else if (theirs === ours) same.push(request);
    else disagreed.push(`${request.id}: ours ${ours}, peer ${theirs}`);
  }
  return { same, refused, disagreed };
}

function answerOf(request: ClosedRequest): string {
  const decision = decideClosed(questionOf(request, compilePolicy));
  if (decision.verdict === 'allowed') return 'Allowed';
  return decision.blockers.some((blocker) => blocker.explicit) ? 'ExplicitlyDenied' : 'ImplicitlyDenied';
}

type Compile = (text: string, type: PolicyType) => CompiledPolicy;

/** Compiles each text once for each type. */
function compileOnce(): Compile {
  const known = new Map<string, CompiledPolicy>();
  return (text, type) => {
    const key = `${type} ${text}`;
    const policy = known.get(key) ?? compilePolicy(text, type);
    known.set(key, policy);
    return policy;
  };
}

function questionOf(request: ClosedRequest, compile: Compile): ClosedQuestion {
  const principal = parsePrincipal(request.principal);
  if (principal === undefined) throw new Error(`the generator made the principal \`${request.principal}\``);
  const source = ({ name, text }: Document, type: PolicyType): PolicySource => ({
    document: name,
    attachedTo: name,
    policy: seen(compile(text, type)),
  });
  const nodes = (path: ClosedRequest['scps']): ClosedQuestion['scps'] =>
    path.length === 0
      ? undefined
      : path.map(({ id, documents }) => ({
          node: id,
          policies: documents.map((one) => source(one, 'organization')),
        }));
  const { boundary, bucketPolicy } = request;
  return {
    ...request,
    principal,
    wildcardOnlyAction: false,
    multiValuedKeys: [],
    identity: request.identity.map((one) => source(one, 'identity')),
    boundary: boundary && [source(boundary, 'identity')],
    session: undefined,
    scps: nodes(request.scps),
    rcps: nodes(request.rcps),
    endpoint: undefined,
    resourcePolicy: bucketPolicy && source(bucketPolicy, 'resource'),
    bucketAbacEnabled: false,
  };
}

function parse(text: string): unknown {
  const value: unknown = JSON.parse(text);
  return value;
}
