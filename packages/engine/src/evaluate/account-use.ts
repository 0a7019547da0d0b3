import type { Expressions } from '../expression/expressions.ts';
import { accountGate } from './account-state.ts';
import { callerOf } from './caller.ts';
import { combinePolicies, policiesOf } from './combine.ts';
import { known, type RequestContext } from './context.ts';
import { openKeysOf, type Evaluation } from './evaluation.ts';
import { ALWAYS, resourceStates, type KeyStates } from './key-states.ts';
import { openContext } from './open-context.ts';
import type { AccountQuestion } from './question.ts';
import { joinedParts } from './rows.ts';
import { sessionAssumptions } from './reach.ts';
import { forwardStates, networkStates } from './request-states.ts';

/**
 * Evaluates an action that names no resource, as s3:ListAllMyBuckets. AWS (A.5, C.1): it is authorised against `*`, by
 * the caller's own policies alone, in its own account; RCPs judge actions that have a resource type (B.3).
 */
export function evaluateAccount(question: AccountQuestion, x: Expressions): Evaluation {
  const { caller, action, via } = question;
  const context = accountContext(question);
  const accepts = action.toLowerCase() === 's3:listallmybuckets' ? 'arn:aws:s3:::*' : undefined;
  const resource = { kind: 'none', accepts } as const;
  const ask = { leg: 's3', caller: callerOf(caller), action, resource, context, x } as const;
  const policies = combinePolicies(
    {
      ...policiesOf(caller),
      rcps: undefined,
      endpoint: via.endpoint?.policies,
      resource: [],
      grants: [],
      resourceAccountId: caller.account?.accountId ?? '',
      resourceMustAllow: false,
      layers: { identity: 'identity', resource: 'bucket-policy' },
    },
    ask,
  );
  const reports = policies.reports.filter(({ layer }) => layer !== 'bucket-policy');
  return {
    x,
    parts: joinedParts([{ ...policies, reports }, accountGate([caller.account], ask)], x),
    background: x.yes,
    assumptions: sessionAssumptions(caller),
    ...openKeysOf([context]),
  };
}

function accountContext({ caller, action, via, context, time }: AccountQuestion): RequestContext {
  const own: KeyStates = caller.account ? resourceStates(caller.account) : [];
  return openContext({
    leg: 's3',
    caller,
    time,
    action,
    context,
    states: [
      ...networkStates(via),
      ...own,
      ['aws:requestedregion', ALWAYS],
      ['aws:securetransport', action.toLowerCase().startsWith('s3:') ? ALWAYS : known('true')],
      ...forwardStates(via, caller.account !== undefined),
    ],
    prefixes: [],
  });
}
