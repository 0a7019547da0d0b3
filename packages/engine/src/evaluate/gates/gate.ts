import type { Layer, Leg, Observed } from '@denyscope/model';
import type { Expressions, Node } from '../../expression/expressions.ts';
import type { Combined, LayerReport } from '../combined.ts';
import type { KeyState } from '../context.ts';
import type { Ask, Grant } from '../layer.ts';
import type { S3Question } from '../question.ts';

/** What a gate adds: constraints, rows of the answer, grants, and what it takes for granted. */
export interface GatePart extends Combined {
  /** What no scan sees and the asker did not say, in words. */
  readonly assumptions?: readonly string[];
  /** Grants that would count but for a setting that takes them away. */
  readonly ignored?: readonly Grant[];
  /** Forms of the request that it refuses. */
  readonly forms?: readonly RequestForm[];
}

/** A layer of S3's own, beside the policies: what else must hold, what else grants, and what its row says. */
export type Gate = (question: S3Question, ask: Ask) => GatePart;

/** The gate has no part in the request. */
export const NO_PART: GatePart = { constraints: [], reports: [], grants: [] };

/** A layer that refuses unless `holds`: one constraint and one row of the answer. */
export interface Verdict {
  readonly leg: Leg;
  readonly layer: Layer;
  readonly holds: Node;
  /** Refuses as an explicit Deny does, rather than by the lack of an Allow. */
  readonly explicit: boolean;
  readonly applicable: boolean;
  readonly note: string;
  readonly statements?: LayerReport['statements'];
}

/**
 * A form of request that is refused, and that a plain client does not send. While its keys are open the plain form is
 * an assumption, not a condition; where a policy asks about the same keys, the answer speaks of them anyway, and the
 * refusal must be a part of it.
 */
export interface RequestForm {
  /** Keys of the call to S3 that tell the forms apart, in lower case. */
  readonly keys: readonly string[];
  /** What refuses the form: `holds` is the plain form. */
  readonly verdict: Verdict;
  readonly assumption: string;
}

/** What a gate without grants comes to. */
export function gateOf(verdict: Verdict, x: Expressions): GatePart {
  const { leg, layer, holds, explicit, applicable, note, statements = [] } = verdict;
  return {
    constraints: [{ leg, layer, explicit, statement: statements[0], holds }],
    reports: [
      {
        leg,
        layer,
        applicable,
        allows: explicit ? x.yes : holds,
        spares: explicit ? holds : x.yes,
        statements,
        note,
      },
    ],
    grants: [],
  };
}

/** A setting that could not be read, and matters either way. */
export function hiddenFact(document: string, reason: string, { leg, x }: Pick<Ask, 'leg' | 'x'>): Node {
  return x.atom({ kind: 'unreadable', leg, document, reason, may: 'matter' });
}

/** Is the flag on? What is proved absent is off. */
export function flagNode(fact: Observed<boolean>, document: string, ask: Ask): Node {
  if (fact.kind === 'unreadable') return hiddenFact(document, fact.reason, ask);
  return ask.x.of(fact.kind === 'seen' && fact.value);
}

/** Is this the key's value? */
export function valueNode(key: string, value: string, state: KeyState, x: Expressions): Node {
  if (state.kind === 'known') return x.of(state.values.includes(value));
  if (state.kind === 'absent') return x.no;
  return x.atom({ kind: 'test', leg: 's3', key, test: 'equals', value, glob: undefined });
}
