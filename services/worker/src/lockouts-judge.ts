import { type CompiledEstate, explain } from '@denyscope/matrix';
import { type ExplainAnswer, type ExplainRequest, type Layer } from '@denyscope/model';
import { type Hint, hintOf } from './lockouts-hint.ts';
import { type Refusal } from './lockouts-questions.ts';
import { type Finding, findingOf } from './lockouts-verdict.ts';

/** Says of each refused read what refused it. */
export type Judge = (refusal: Refusal) => Finding;

/** Who asked, and with what. */
export interface Asker {
  readonly principal: string;
  /** JSON text. */
  readonly sessionPolicy?: string | undefined;
  readonly context?: ExplainRequest['context'];
}

/** Different reads that are asked of the engine, an account. */
const MOST_QUESTIONS = 200;

/** Layers that refuse a caller whatever the thing is; of the others, each thing has its own. */
const OF_THE_CALLER: ReadonlySet<Layer> = new Set<Layer>([
  'scp',
  'identity',
  'boundary',
  'session',
  'kms-identity',
]);

const NOTHING: Finding = { isContradicted: false };

/**
 * Asks the engine about the reads of one caller, each different one once. Beyond the bound a read shares the answer of
 * the same reads in its Region, where all of them were refused by one and the same statement of the caller's layers.
 */
export function judgeOf(compiled: CompiledEstate, asker: Asker): Judge {
  const answers = new Map<string, readonly ExplainAnswer[]>();
  const shared = new Map<string, Finding>();
  return (refusal) => {
    const hint = hintOf(refusal.message);
    const { actions, resource, region = '' } = refusal;
    const read = [...actions, region].join(' ');
    const question = `${read} ${resource}`;
    const known = answers.get(question);
    if (known === undefined && answers.size >= MOST_QUESTIONS) return shared.get(read) ?? NOTHING;
    const answer = known ?? answersTo(compiled, asker, refusal);
    answers.set(question, answer);
    const finding = firstFinding(answer, hint);
    shared.set(read, together(shared.get(read), finding));
    return finding;
  };
}

function answersTo(
  compiled: CompiledEstate,
  { principal, sessionPolicy, context = {} }: Asker,
  { actions, resource, region }: Refusal,
): readonly ExplainAnswer[] {
  const scan = { id: '', finishedAt: '' };
  const sessionPolicies =
    sessionPolicy === undefined ? {} : { sessionPolicies: [{ name: 'scan', policy: sessionPolicy }] };
  // What is asked of the account as a whole is asked in a Region all the same.
  const place = resource === '*' && region !== undefined ? { 'aws:RequestedRegion': [region] } : {};
  return actions.flatMap((action) => {
    const request = { principal, action, resource, context: { ...context, ...place }, ...sessionPolicies };
    const explained = explain(compiled, request, scan);
    return explained.ok ? [explained.answer] : [];
  });
}

/** Of a read that takes several actions, whichever was refused. */
function firstFinding(answers: readonly ExplainAnswer[], hint: Hint | undefined): Finding {
  const findings = answers.map((answer) => findingOf(answer, hint));
  return findings.find(({ lockout }) => lockout !== undefined) ?? findings[0] ?? NOTHING;
}

/** What is true of all reads of the same kind so far. */
function together(before: Finding | undefined, finding: Finding): Finding {
  const isOfCaller = finding.layer !== undefined && OF_THE_CALLER.has(finding.layer);
  if (!isOfCaller) return NOTHING;
  return before === undefined || isSame(before, finding) ? finding : NOTHING;
}

function isSame(one: Finding, other: Finding): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
