import { NOT_COLLECTED } from '@denyscope/model';
import { isCarriedByAccessPoints } from '../../catalogue/access-point-actions.ts';
import type { Node } from '../../expression/expressions.ts';
import type { Ask } from '../layer.ts';
import type { AccessPointFacts, S3Question } from '../question.ts';
import { gateOf, hiddenFact, NO_PART, valueNode, type Gate, type GatePart, type Verdict } from './gate.ts';

/**
 * What access points themselves refuse, whatever the policies say (C.8; those are combined in
 * through-access-point.ts): anonymous calls, actions that they do not carry, calls from outside their VPC, plain HTTP
 * and old signatures.
 */
export const accessPoint: Gate = (question, ask) => {
  const point = question.via.accessPoint;
  if (!point) return NO_PART;
  const parts = [
    refusal(
      ask,
      ask.x.of(question.caller.principal.kind !== 'anonymous'),
      'access points take no anonymous calls',
    ),
    refusal(ask, ask.x.of(isCarriedByAccessPoints(ask.action)), `access points do not carry ${ask.action}`),
    refusal(ask, comesFromVpc(question, point, ask), vpcNote(point)),
  ];
  return {
    constraints: parts.flatMap(({ constraints }) => constraints),
    reports: parts.flatMap(({ reports }) => reports),
    grants: [],
    forms: [overTls(ask), wellSigned(point, ask)],
  };
};

function verdictOf(holds: Node, note: string): Verdict {
  return { leg: 's3', layer: 'access-point', explicit: false, holds, applicable: true, note };
}

function refusal({ x }: Ask, holds: Node, note: string): GatePart {
  return gateOf(verdictOf(holds, holds === x.yes ? '' : note), x);
}

/** AWS (C.8, S-APV): an access point of a VPC rejects calls from anywhere else. */
function comesFromVpc({ via }: S3Question, { arn, networkOrigin, vpcId }: AccessPointFacts, ask: Ask): Node {
  const { context, x } = ask;
  if (networkOrigin === 'Internet') return x.yes;
  const isOpen =
    networkOrigin === 'VPC' ? x.no : x.not(hiddenFact(`${arn}#network-origin`, NOT_COLLECTED, ask));
  if (vpcId === undefined || (via.endpoint && via.endpoint.vpcId === undefined)) {
    const document = vpcId === undefined ? `${arn}#vpc` : `${via.endpoint?.id ?? ''}#vpc`;
    const fromThere = via.internet ? x.no : hiddenFact(document, NOT_COLLECTED, ask);
    return x.any([isOpen, fromThere]);
  }
  return x.any([isOpen, valueNode('aws:sourcevpc', vpcId, context.stateOf('aws:sourcevpc'), x)]);
}

function vpcNote({ vpcId }: AccessPointFacts): string {
  return vpcId === undefined
    ? 'the access point takes calls from its VPC only'
    : `the access point takes calls from ${vpcId} only`;
}

type Form = NonNullable<GatePart['forms']>[number];

/** AWS (C.8, S-APL): HTTPS only. */
function overTls({ context, x }: Ask): Form {
  const key = 'aws:securetransport';
  const plain = valueNode(key, 'false', context.stateOf(key), x);
  return {
    keys: [key],
    verdict: verdictOf(x.not(plain), 'access points take calls over HTTPS only'),
    assumption: 'over HTTPS, which access points demand',
  };
}

const SIGV4 = 'AWS4-HMAC-SHA256';
const SIGV4A = 'AWS4-ECDSA-P256-SHA256';

/** AWS (C.8, S-APL): Signature Version 4 only, and 4A for a multi-Region access point. */
function wellSigned({ isMultiRegion }: AccessPointFacts, { context, x }: Ask): Form {
  const key = 's3:signatureversion';
  const state = context.stateOf(key);
  const names = isMultiRegion ? [SIGV4A] : [SIGV4, SIGV4A];
  const isSo = x.any(names.map((name) => valueNode(key, name, state, x)));
  return {
    keys: [key],
    // A presigned URL or a form may leave the key out; its signature is still of version 4.
    verdict: verdictOf(
      state.kind === 'absent' ? x.yes : isSo,
      `signed with Signature Version 4${isMultiRegion ? 'A' : ''} only`,
    ),
    assumption: `signed with Signature Version 4${isMultiRegion ? 'A' : ''}`,
  };
}
