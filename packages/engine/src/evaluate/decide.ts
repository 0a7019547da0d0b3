import { LAYERS, type Decision, type LayerOutcome, type Leg, type MissingDocument } from '@denyscope/model';
import { atomsOf, type Node } from '../expression/expressions.ts';
import { expressionJson } from '../expression/render.ts';
import { expressionText } from '../expression/text.ts';
import { blockersOf } from './blockers.ts';
import { uniqueRefs, type LayerReport } from './combine.ts';
import type { Evaluation } from './evaluation.ts';
import { boundsOf, judge, settingOf, type Judgement, type Setting } from './judge.ts';
import { keyPatterns } from './keys.ts';
import { completed, witnessJson } from './witness.ts';

/** What a matrix keeps of a decision: no layers, no blockers. */
export type Access = Pick<
  Decision,
  'verdict' | 'condition' | 'conditionText' | 'grantedBy' | 'keys' | 'missing'
>;

/** The verdict and what it rests on, without the work of explaining it; undefined where access is denied. */
export function accessOf(evaluation: Evaluation): Access | undefined {
  const judged = judge(wholeOf(evaluation), settingOf(evaluation));
  return judged.verdict === 'denied' ? undefined : renderAccess(judged, evaluation.parts);
}

/** All constraints together: what must hold for the request to pass. */
function wholeOf({ x, parts }: Evaluation): Node {
  return x.all(parts.constraints.map((constraint) => constraint.holds));
}

function renderAccess(judged: Judgement, parts: Evaluation['parts']): Access {
  const granted = parts.grants.flatMap(({ statement }) => (statement ? [statement] : []));
  return {
    verdict: judged.verdict,
    condition: expressionJson(judged.condition),
    conditionText: expressionText(judged.condition),
    missing: judged.verdict === 'unknown' ? missingOf(judged.condition) : [],
    grantedBy: [...uniqueRefs(granted)],
    keys: [...keyPatterns(judged.condition)],
  };
}

/** The whole answer of an evaluation. */
export function decide(evaluation: Evaluation): Decision {
  const { parts } = evaluation;
  const setting = settingOf(evaluation);
  const judged = judge(wholeOf(evaluation), setting);
  const { witness } = judged;
  return {
    ...renderAccess(judged, parts),
    witness: witness ? witnessJson(completed(witness, evaluation)) : null,
    assumptions: [...evaluation.assumptions],
    layers: layersOf(parts.reports, setting),
    blockers: blockersOf(parts.constraints, judged, setting),
    ...(judged.verdict === 'unknown' ? { bounds: boundsOf(judged.condition, setting) } : {}),
  };
}

function missingOf(node: Node): MissingDocument[] {
  const documents = new Map<string, string>();
  for (const atom of atomsOf(node)) if (atom.kind === 'unreadable') documents.set(atom.document, atom.reason);
  return [...documents].map(([document, reason]) => ({ document, reason }));
}

/** The layers in their fixed order, first all of the call to S3, then all of the call to KMS. */
function layersOf(reports: readonly LayerReport[], setting: Setting): LayerOutcome[] {
  const rank = (leg: Leg, layer: LayerReport['layer']): number =>
    (leg === 's3' ? 0 : LAYERS.length) + LAYERS.indexOf(layer);
  return reports
    .map((report): LayerOutcome => {
      const { leg, layer, note, statements } = report;
      return { leg, layer, outcome: outcomeOf(report, setting), statements: [...statements], note };
    })
    .toSorted((a, b) => rank(a.leg, a.layer) - rank(b.leg, b.layer));
}

function outcomeOf({ applicable, allows, spares }: LayerReport, setting: Setting): LayerOutcome['outcome'] {
  if (!applicable) return 'not-applicable';
  const { verdict } = judge(setting.x.all([allows, spares]), setting);
  if (verdict !== 'denied') return verdict;
  return judge(spares, setting).verdict === 'denied' ? 'explicitly-denied' : 'implicitly-denied';
}
