import type { StatementRef } from '@denyscope/model';
import { isPublicPolicy, publicStatements } from '../../public-policy.ts';
import type { Node } from '../../expression/expressions.ts';
import type { Ask } from '../layer.ts';
import type { PolicySource } from '../policy-source.ts';
import type { S3Question } from '../question.ts';
import { flagNode, gateOf, hiddenFact, type Gate } from './gate.ts';

/**
 * AWS (C.7): where RestrictPublicBuckets is in force and the bucket policy is public, only AWS services and
 * principals of the bucket owner's account pass.
 */
export const blockPublicAccess: Gate = ({ caller, bucket }, ask) => {
  const { x } = ask;
  const isOutsider =
    caller.principal.kind !== 'service' && caller.account?.accountId !== bucket.account.accountId;
  const restricts = flagNode(bucket.block.restrictPublicBuckets, `${bucket.arn}#public-access-block`, ask);
  const isPublic = publicNode(bucket.policy, bucket.policyIsPublic, ask);
  const blocks = isOutsider ? x.all([restricts, isPublic]) : x.no;
  return gateOf(
    {
      leg: 's3',
      layer: 'block-public-access',
      explicit: true,
      holds: x.not(blocks),
      applicable: true,
      note: blocks === x.no ? '' : 'RestrictPublicBuckets is on and the bucket policy is public',
      statements: blocks === x.no ? [] : taintOf(bucket.policy, bucket.arn),
    },
    x,
  );
};

/** AWS's own answer decides where it was read (I.5, I.16); else the policy's text does. */
function publicNode(source: PolicySource, status: S3Question['bucket']['policyIsPublic'], ask: Ask): Node {
  if (status.kind === 'seen') return ask.x.of(status.value);
  const { policy } = source;
  if (policy.kind === 'unreadable') return hiddenFact(source.document, policy.reason, ask);
  return ask.x.of(policy.kind === 'seen' && isPublicPolicy(policy.value));
}

function taintOf(source: PolicySource, bucketArn: string): readonly StatementRef[] {
  if (source.policy.kind !== 'seen') return [];
  return publicStatements(source.policy.value).map(({ sid, path, effect }) => ({
    document: source.document,
    layer: 'block-public-access',
    effect,
    sid,
    path,
    attachedTo: bucketArn,
  }));
}
