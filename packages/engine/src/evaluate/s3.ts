import { parseGlob, globText } from '../compile/glob.ts';
import type { Expressions, Node } from '../expression/expressions.ts';
import { openKeysOf, type Evaluation } from './evaluation.ts';
import { endpointPlaces } from './endpoint-places.ts';
import type { KeyPlace } from './context.ts';
import { REFUSING } from './gates/index.ts';
import { kmsLeg } from './kms.ts';
import { judgePairs } from './pair.ts';
import { sessionAssumptions } from './reach.ts';
import { settleForms } from './request-form.ts';
import { mergedRows } from './rows.ts';
import type { S3Question } from './question.ts';

/** Evaluates a question about a bucket or its objects: policies, S3's gates, and the KMS call. */
export function evaluateS3(question: S3Question, x: Expressions): Evaluation {
  const { objects } = question;
  const pairs = judgePairs(question, x);
  const [{ ask }] = pairs;
  const policies = pairs.map((pair) => pair.policies);
  const granting = pairs.flatMap((pair) => pair.granting);
  const kms = kmsLeg(question, ask);
  const refusing = REFUSING.map(({ judge }) => judge(question, ask));
  const gates = [...granting, ...refusing, kms];
  const plain = [...policies, ...gates];
  const forms = settleForms(
    gates.flatMap((part) => part.forms ?? []),
    plain.flatMap((part) => part.constraints),
    x,
  );
  const parts = [...plain, ...forms];
  const constraints = parts.flatMap((part) => part.constraints);
  const places = endpointPlaces(question.endpoints ?? new Map(), constraints, ask);
  return {
    x,
    parts: {
      constraints,
      reports: mergedRows(
        parts.flatMap((part) => part.reports),
        x,
      ),
      grants: policies.flatMap((part) => part.grants),
    },
    background: objects.kind === 'like' ? x.all([keyLike(objects.pattern, x), places]) : places,
    assumptions: [
      ...assumptionsOf(question),
      ...[...gates, ...forms].flatMap(({ assumptions = [] }) => assumptions),
    ],
    ...openKeysOf(
      [
        ...pairs.map((pair) => pair.ask.context),
        ...policies.flatMap((part) => part.contexts),
        ...kms.contexts,
      ],
      objectKeyOf(question),
    ),
  };
}

/** An object's key is a part of every request for an object. */
function objectKeyOf({ objects }: S3Question): readonly KeyPlace[] {
  return objects.kind === 'any-key' || objects.kind === 'like' ? [{ leg: 's3', key: 'key' }] : [];
}

function keyLike(pattern: string, x: Expressions): Node {
  const glob = parseGlob(pattern);
  return x.atom({ kind: 'test', leg: 's3', key: 'key', test: 'like', value: globText(glob), glob });
}

/** What the decision takes for granted, since no scan sees it: design.md section 2. */
function assumptionsOf({ caller, via }: S3Question): readonly string[] {
  return [
    ...sessionAssumptions(caller),
    ...(via.accessPoint === undefined ? ['not through an access point'] : []),
    ...(via.endpoint || via.internet ? [] : ['a VPC endpoint on the way, if any, lets the request pass']),
  ];
}
