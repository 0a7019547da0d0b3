import type { Node } from '../../expression/expressions.ts';
import type { Ask } from '../layer.ts';
import { foreignOwnerOf, isOwnersToGrant, ownerEnforced } from '../object-owner.ts';
import { presence } from '../open-value.ts';
import type { S3Question } from '../question.ts';
import { gateOf, NO_PART, valueNode, type Gate, type RequestForm } from './gate.ts';

/** AWS (C.5): refused while ACLs are disabled, whatever the ACL. */
const ACL_WRITES: ReadonlySet<string> = new Set([
  's3:putbucketacl',
  's3:putobjectacl',
  's3:putobjectversionacl',
]);

const CANNED_ACL = 's3:x-amz-acl';
const GRANT_HEADERS: readonly string[] = [
  's3:x-amz-grant-full-control',
  's3:x-amz-grant-read',
  's3:x-amz-grant-read-acp',
  's3:x-amz-grant-write',
  's3:x-amz-grant-write-acp',
];

/**
 * AWS (C.5): where the bucket owner is enforced, ACLs are disabled: none can be set, and an upload carries none but
 * `bucket-owner-full-control`. What becomes of objects that others own is in object-owner.ts.
 */
export const ownership: Gate = (question, ask) => {
  const { x } = ask;
  const action = ask.action.toLowerCase();
  const enforced = ownerEnforced(question.bucket, ask);
  const assumptions = assumptionsOf(question, enforced, ask);
  const verdict = { leg: 's3', layer: 'ownership', explicit: false } as const;
  if (ACL_WRITES.has(action)) {
    if (foreignOwnerOf(question) !== undefined && enforced === x.no) return { ...NO_PART, assumptions };
    const note = enforced === x.no ? '' : 'the bucket owner is enforced, so no ACL can be set';
    const part = gateOf({ ...verdict, holds: x.not(enforced), applicable: enforced !== x.no, note }, x);
    return { ...part, assumptions };
  }
  if (action !== 's3:putobject' || enforced === x.no) return { ...NO_PART, assumptions };
  const form = (keys: readonly string[], plain: Node, assumption: string): RequestForm => {
    const holds = x.any([x.not(enforced), plain]);
    return {
      keys,
      verdict: { ...verdict, holds, applicable: true, note: holds === x.yes ? '' : NOTE },
      assumption,
    };
  };
  const forms = [
    form([CANNED_ACL], carriesNoCannedAcl(ask), 'the upload carries no ACL, or bucket-owner-full-control'),
    form(GRANT_HEADERS, carriesNoGrants(ask), 'the upload carries no ACL grants'),
  ];
  return { ...NO_PART, forms, assumptions };
};

const NOTE = 'the bucket owner is enforced, so an upload carries no ACL but bucket-owner-full-control';

function carriesNoCannedAcl({ context, x }: Ask): Node {
  const state = context.stateOf(CANNED_ACL);
  return x.any([
    x.not(presence(state, CANNED_ACL, x)),
    valueNode(CANNED_ACL, 'bucket-owner-full-control', state, x),
  ]);
}

function carriesNoGrants({ context, x }: Ask): Node {
  return x.all(GRANT_HEADERS.map((key) => x.not(presence(context.stateOf(key), key, x))));
}

/** Who owns an object that is there is assumed, where its owner would be asked and may be another. */
function assumptionsOf(question: S3Question, enforced: Node, { x }: Ask): readonly string[] {
  const isAssumed = isOwnersToGrant(question) && question.object?.owner === undefined && enforced !== x.yes;
  return isAssumed ? ['object owned by the bucket owner'] : [];
}
