import type { Expressions } from '../expression/expressions.ts';
import { accountGate, regionFault } from './account-state.ts';
import { callerOf } from './caller.ts';
import { combinePolicies, policiesOf } from './combine.ts';
import type { Combined } from './combined.ts';
import { openKeysOf, type Evaluation } from './evaluation.ts';
import { enabledFault, judgeKey, stateGate } from './kms.ts';
import type { Ask } from './layer.ts';
import { directKmsContext } from './open-context.ts';
import type { KeyQuestion } from './question.ts';
import { joinedParts } from './rows.ts';
import { rcpsFor, sessionAssumptions } from './reach.ts';

/** Operations that need an enabled key: semantics.md D.5. */
const CRYPTOGRAPHIC =
  /^kms:(decrypt|encrypt|generatedatakey|generatemac|reencrypt|sign|verify|derivesharedsecret)/i;

/** AWS (D.4): what is done with an alias itself; its ARN stands in policies for these alone. */
const OF_ALIAS = /^kms:(create|update|delete)alias$/i;

/** Evaluates a call that the caller makes to KMS itself. */
export function evaluateKey(question: KeyQuestion, x: Expressions): Evaluation {
  const { caller, action, key, alias } = question;
  const context = directKmsContext(question);
  const ofAlias = alias !== undefined && OF_ALIAS.test(action);
  const ask: Ask = {
    leg: 'kms',
    caller: callerOf(caller),
    action,
    resource: { kind: 'arn', arn: ofAlias ? aliasArn(key.arn, alias) : key.arn },
    context,
    x,
  };
  const parts = [
    ofAlias ? judgeAlias(question, ask) : judgeKey(caller, key, ask, question.via.endpoint?.policies),
    accountGate([caller.account, key.account], ask, regionFault(caller.account, key.account, key.region)),
    ...(CRYPTOGRAPHIC.test(action) ? [stateGate(...enabledFault(key, ask), ask)] : []),
    // AWS (B.6): only S3 takes calls that nobody signed.
    ...(caller.principal.kind === 'anonymous'
      ? [stateGate(x.no, 'KMS takes signed requests only', ask)]
      : []),
  ];
  return {
    x,
    parts: joinedParts(parts, x),
    background: x.yes,
    assumptions: sessionAssumptions(caller),
    ...openKeysOf([context]),
  };
}

function aliasArn(keyArn: string, alias: string): string {
  return [...keyArn.split(':').slice(0, 5), alias].join(':');
}

/** AWS (D.4): an alias has no policy of its own, and another account's is out of reach. */
function judgeAlias({ caller, key, via }: KeyQuestion, ask: Ask): Combined {
  return combinePolicies(
    {
      ...policiesOf(caller),
      rcps: rcpsFor(caller, ask.action, key.rcps),
      endpoint: via.endpoint?.policies,
      resource: [],
      grants: [],
      resourceAccountId: key.account.accountId,
      resourceMustAllow: false,
      layers: { identity: 'kms-identity', resource: 'kms-key-policy' },
    },
    ask,
  );
}
