import type { Expressions } from '../expression/expressions.ts';
import { accountGate } from './account-state.ts';
import { callerOf } from './caller.ts';
import { combinePolicies, policiesOf } from './combine.ts';
import { openKeysOf, type Evaluation } from './evaluation.ts';
import { gateOf, NO_PART } from './gates/gate.ts';
import type { Ask } from './layer.ts';
import { roleContext } from './role-context.ts';
import type { RoleQuestion } from './question.ts';
import { joinedParts } from './rows.ts';
import { isServiceLinkedArn, rcpsFor, sessionAssumptions } from './reach.ts';

/**
 * Evaluates whether the caller may assume a role. AWS (B.4): the trust policy must take part; where it names a caller
 * of its own account directly, no identity policy is needed, and across accounts both sides must allow.
 */
export function evaluateRole(question: RoleQuestion, x: Expressions): Evaluation {
  const { caller, action, role, via } = question;
  const context = roleContext(question);
  const resource = { kind: 'arn', arn: role.arn } as const;
  const ask: Ask = { leg: 's3', caller: callerOf(caller), action, resource, context, x };
  const policies = combinePolicies(
    {
      ...policiesOf(caller),
      // AWS (B.3): the trust policy of a service-linked role is out of their reach.
      rcps: isServiceLinkedArn(role.arn) ? undefined : rcpsFor(caller, action, role.rcps),
      endpoint: via.endpoint?.policies,
      resource: [role.trust],
      grants: [],
      resourceAccountId: role.account.accountId,
      resourceMustAllow: true,
      layers: { identity: 'identity', resource: 'role-trust' },
    },
    ask,
  );
  const unsigned =
    caller.principal.kind === 'anonymous'
      ? gateOf(
          { leg: 's3', layer: 'role-trust', explicit: false, holds: x.no, applicable: true, note: UNSIGNED },
          x,
        )
      : NO_PART;
  const parts = [policies, unsigned, accountGate([caller.account, role.account], ask)];
  return {
    x,
    parts: joinedParts(parts, x),
    background: x.yes,
    assumptions: sessionAssumptions(caller),
    ...openKeysOf([context]),
  };
}

const UNSIGNED = 'STS takes signed requests only for this action';
