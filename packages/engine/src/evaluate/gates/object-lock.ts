import type { Node } from '../../expression/expressions.ts';
import { known, type KeyState } from '../context.ts';
import type { Ask } from '../layer.ts';
import { s3Context } from '../open-context.ts';
import type { BucketFacts, S3Question } from '../question.ts';
import { judgePolicies } from '../through-access-point.ts';
import { gateOf, hiddenFact, NO_PART, valueNode, type Gate, type GatePart } from './gate.ts';

/** A fact of the object, not a condition key: no policy can test it. */
const RETAINED = 'object-lock-retained';
const OPEN: KeyState = { kind: 'open', leg: 's3', alwaysPresent: false };
const BYPASS = 's3:BypassGovernanceRetention';

/**
 * AWS (C.9): a locked version cannot be deleted: under compliance retention by nobody, under governance retention by
 * whoever may bypass it and says so with a header, under a legal hold by nobody until it is lifted. A plain DELETE
 * only adds a marker.
 */
export const objectLock: Gate = (question, ask) => {
  if (ask.action.toLowerCase() !== 's3:deleteobjectversion') return NO_PART;
  const { objectLock: setting } = question.bucket;
  if (setting.kind === 'absent') return part(ask.x.yes, ask, { applicable: false, note: '' });
  const held = question.object?.lock?.legalHold;
  if (held === true)
    return part(ask.x.no, ask, { applicable: true, note: 'the version is under a legal hold' });
  const retained = retentionPart(question, ask);
  const noHold = held === false ? [] : ['the version is under no legal hold'];
  return { ...retained, assumptions: [...noHold, ...(retained.assumptions ?? [])] };
};

function retentionPart(question: S3Question, ask: Ask): GatePart {
  const { x } = ask;
  const retained = retention(question, ask);
  if (retained === undefined) {
    const assumptions = ['the version is under no retention'];
    return { ...part(x.yes, ask, { applicable: true, note: '' }), assumptions };
  }
  const mode = question.object?.lock?.mode ?? defaultMode(question.bucket) ?? 'COMPLIANCE';
  const way = retained === x.no || mode !== 'GOVERNANCE' ? x.no : bypass(question, ask);
  const note = noteOf(mode, retained, ask);
  return part(x.any([x.not(retained), way]), ask, { applicable: true, note });
}

/** Is the version retained? Undefined where nobody says, and nothing retains it by default. */
function retention({ bucket, object, context }: S3Question, ask: Ask): Node | undefined {
  const { x } = ask;
  const retained = object?.lock?.retained;
  if (retained !== undefined) return x.of(retained);
  const closed = Object.entries(context).find(([key]) => key.toLowerCase() === RETAINED);
  if (closed) return valueNode(RETAINED, 'true', known(...(closed[1] ?? [])), x);
  const { objectLock: setting } = bucket;
  if (setting.kind === 'unreadable') return hiddenFact(`${bucket.arn}#object-lock`, setting.reason, ask);
  return defaultMode(bucket) === undefined ? undefined : valueNode(RETAINED, 'true', OPEN, x);
}

/** The mode in which the bucket retains what is written to it; undefined where it does not. */
function defaultMode({ objectLock: setting }: BucketFacts): string | undefined {
  return setting.kind === 'seen' ? setting.value.defaultMode : undefined;
}

function noteOf(mode: string, retained: Node, { x }: Ask): string {
  if (retained === x.no) return '';
  const which = retained === x.yes ? 'the version is' : 'a version may be';
  const way =
    mode === 'GOVERNANCE' ? `: ${BYPASS} and the header x-amz-bypass-governance-retention lift it` : '';
  return `${which} under ${mode.toLowerCase()} retention${way}`;
}

/** May the caller bypass governance retention? That it sends the header is taken for granted. */
function bypass(question: S3Question, ask: Ask): Node {
  const asked = { ...question, action: BYPASS };
  const judged = judgePolicies(asked, { ...ask, action: BYPASS, context: s3Context(asked) }, []);
  return ask.x.all(judged.constraints.map(({ holds }) => holds));
}

function part(
  holds: Node,
  { x }: Ask,
  { applicable, note }: { readonly applicable: boolean; readonly note: string },
): GatePart {
  return gateOf({ leg: 's3', layer: 'object-lock', explicit: false, holds, applicable, note }, x);
}
