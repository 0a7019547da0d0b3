import {
  LAYERS,
  type Decision,
  type Layer,
  type LayerOutcome,
  type MissingDocument,
  type StatementRef,
  type Verdict,
} from '@denyscope/model';
import { atomsOf, type Node } from '../expression/expressions.ts';
import { expressionJson } from '../expression/render.ts';
import { simplified } from '../expression/simplify.ts';
import { expressionText } from '../expression/text.ts';
import { blockersOf } from './blockers.ts';
import type { LayerReport } from './combined.ts';
import type { Evaluation } from './evaluation.ts';
import { boundsOf, judge, settingOf, type Judgement, type Setting } from './judge.ts';
import { keyPatterns } from './keys.ts';
import { addOnce } from './refs.ts';
import { completed, witnessJson } from './witness.ts';

/** What a matrix keeps of a decision: no layers, no blockers. */
export type Access = Pick<
  Decision,
  'verdict' | 'condition' | 'conditionText' | 'grantedBy' | 'keys' | 'missing'
>;

/** The verdict and what it rests on, without the work of explaining it; undefined where access is denied. */
export function accessOf(evaluation: Evaluation): Access | undefined {
  const setting = settingOf(evaluation);
  const judged = judge(wholeOf(evaluation), setting);
  return judged.verdict === 'denied' ? undefined : renderAccess(judged, evaluation.parts, setting);
}

/** The verdict and nothing else. */
export function verdictOf(evaluation: Evaluation): Verdict {
  return judge(wholeOf(evaluation), settingOf(evaluation)).verdict;
}

/** All constraints together: what must hold for the request to pass. */
function wholeOf({ x, parts }: Evaluation): Node {
  return x.all(parts.constraints.map((constraint) => constraint.holds));
}

function renderAccess(judged: Judgement, parts: Evaluation['parts'], setting: Setting): Access {
  const condition = simplified(judged.condition, setting);
  const grantedBy: StatementRef[] = [];
  for (const { statement } of parts.grants) addOnce(statement, grantedBy);
  return {
    verdict: judged.verdict,
    condition: expressionJson(condition),
    conditionText: expressionText(condition),
    missing: judged.verdict === 'unknown' ? missingOf(judged.condition) : [],
    grantedBy,
    keys: [...keyPatterns(condition)],
  };
}

/** The whole answer of an evaluation. */
export function decide(evaluation: Evaluation): Decision {
  const { parts } = evaluation;
  const setting = settingOf(evaluation);
  const judged = judge(wholeOf(evaluation), setting);
  const { witness } = judged;
  const access = renderAccess(judged, parts, setting);
  // Field by field: this is where the time of a closed request goes.
  const decision: Decision = {
    verdict: access.verdict,
    condition: access.condition,
    conditionText: access.conditionText,
    missing: access.missing,
    grantedBy: access.grantedBy,
    keys: access.keys,
    witness: witness ? witnessJson(completed(witness, evaluation)) : null,
    assumptions: [...evaluation.assumptions],
    layers: layersOf(parts.reports, setting),
    blockers: blockersOf(parts.constraints, judged, setting),
  };
  return judged.verdict === 'unknown'
    ? { ...decision, bounds: boundsOf(judged.condition, setting) }
    : decision;
}

function missingOf(node: Node): MissingDocument[] {
  const documents = new Map<string, string>();
  for (const atom of atomsOf(node)) if (atom.kind === 'unreadable') documents.set(atom.document, atom.reason);
  return [...documents].map(([document, reason]) => ({ document, reason }));
}

const RANKS: ReadonlyMap<Layer, number> = new Map(LAYERS.map((layer, rank) => [layer, rank]));

function rankOf({ leg, layer }: LayerOutcome): number {
  return (leg === 's3' ? 0 : LAYERS.length) + (RANKS.get(layer) ?? 0);
}

/** The layers in their fixed order, first all of the call to S3, then all of the call to KMS. */
function layersOf(reports: readonly LayerReport[], setting: Setting): LayerOutcome[] {
  const outcomes = reports.map((report): LayerOutcome => {
    const { leg, layer, note, statements } = report;
    return { leg, layer, outcome: outcomeOf(report, setting), statements: [...statements], note };
  });
  const isInOrder = outcomes.every((one, at) => at === 0 || rankOf(outcomes[at - 1] ?? one) <= rankOf(one));
  return isInOrder ? outcomes : outcomes.sort((a, b) => rankOf(a) - rankOf(b));
}

function outcomeOf({ applicable, allows, spares }: LayerReport, setting: Setting): LayerOutcome['outcome'] {
  if (!applicable) return 'not-applicable';
  const { verdict } = judge(setting.x.all([allows, spares]), setting);
  if (verdict !== 'denied') return verdict;
  return judge(spares, setting).verdict === 'denied' ? 'explicitly-denied' : 'implicitly-denied';
}
