import { type Blocker, type ExplainAnswer, type Layer, type Lockout } from '@denyscope/model';
import { type Hint } from './lockouts-hint.ts';

/** What the engine makes of a denial that AWS answered: what did it, or why AWS's words do not fit. */
export interface Finding {
  readonly lockout?: Lockout | undefined;
  /** The layer at work, where there is one. */
  readonly layer?: Layer | undefined;
  /** AWS names a kind of policy of which the policies that were read know no such thing. */
  readonly isContradicted: boolean;
}

const NOTHING: Finding = { isContradicted: false };

/** One thing that may have refused: a blocker that was read, or a document that was not. */
type Candidate =
  | { readonly kind: 'blocker'; readonly blocker: Blocker }
  | { readonly kind: 'hidden'; readonly document: string };

/**
 * What refused the scanner. That AWS refused is a fact, so where one thing alone could have done it, it did. Of several
 * that each refuse every request the first explicit one is told. A document that nobody could read is a suspect, and
 * only where nothing else could have refused. AWS's own message narrows the choice, and where nothing of what it names
 * could have refused, nothing is told.
 */
export function findingOf(answer: ExplainAnswer, hint: Hint | undefined): Finding {
  const all = candidatesOf(answer);
  const fitting = hint === undefined ? all : all.filter((candidate) => fits(candidate, hint));
  if (fitting.length === 0) return { isContradicted: hint !== undefined };
  const certain = fitting.flatMap((each) => (isCertain(each, answer) ? [each.blocker] : []));
  const sure = certain.find(({ explicit }) => explicit) ?? certain[0];
  if (sure !== undefined) return told(sure);
  const [only, another] = fitting;
  if (only === undefined || another !== undefined) return NOTHING;
  if (only.kind === 'blocker') return told(only.blocker);
  return { lockout: { suspect: only.document }, isContradicted: false };
}

function candidatesOf({ blockers, missing }: ExplainAnswer): readonly Candidate[] {
  return [
    ...blockers.map((blocker): Candidate => ({ kind: 'blocker', blocker })),
    ...missing.map(({ document }): Candidate => ({ kind: 'hidden', document })),
  ];
}

/** A blocker that refuses whatever the request, by itself: what its layer comes to says so. */
function isCertain(
  candidate: Candidate,
  { verdict, layers }: ExplainAnswer,
): candidate is Extract<Candidate, { kind: 'blocker' }> {
  if (candidate.kind === 'hidden' || verdict !== 'denied') return false;
  const { leg, layer, explicit } = candidate.blocker;
  const outcome = explicit ? 'explicitly-denied' : 'implicitly-denied';
  return layers.some((each) => each.leg === leg && each.layer === layer && each.outcome === outcome);
}

function told({ explicit, statement, layer }: Blocker): Finding {
  if (!explicit) return { lockout: { missingAllow: layer }, layer, isContradicted: false };
  // Some refusals are no statement's: of a setting of S3, say.
  return { lockout: statement === null ? undefined : { statement }, layer, isContradicted: false };
}

function fits(candidate: Candidate, { layers, explicit, policy }: Hint): boolean {
  if (candidate.kind === 'hidden') return layers.has(layerOfDocument(candidate.document));
  const { blocker } = candidate;
  if (!layers.has(blocker.layer)) return false;
  if (explicit !== undefined && blocker.explicit !== explicit) return false;
  return policy === undefined || blocker.statement === null || blocker.statement.document === policy;
}

// The names that the engine gives to documents that could not be read; the first row that fits counts.
const DOCUMENTS: readonly (readonly [pattern: RegExp, layer: Layer])[] = [
  [/^organization rcps|\/resource_control_policy\//, 'rcp'],
  [/^organization|\/service_control_policy\//, 'scp'],
  [/#trust$/, 'role-trust'],
  [/#boundary$/, 'boundary'],
  [/^vpce-.*#policy$/, 'vpc-endpoint'],
  [/:kms:.*#policy$/, 'kms-key-policy'],
  [/:accesspoint\/.*#policy$/, 'access-point'],
  [/#policy$/, 'bucket-policy'],
];

function layerOfDocument(document: string): Layer {
  return DOCUMENTS.find(([pattern]) => pattern.test(document))?.[1] ?? 'identity';
}
