import type { Principal } from '@denyscope/model';
import { ABSENT, known, type KeyState } from './context.ts';
import { ALWAYS, MAYBE, placeState, type KeyStates } from './key-states.ts';
import type { CallerFacts } from './question.ts';

/** The caller's keys: semantics.md A.2 (table of callers), B.6, C.12. */
export function callerStates(caller: CallerFacts): KeyStates {
  const { principal, account } = caller;
  const isService = principal.kind === 'service';
  return [
    ['kms:calleraccount', account ? known(account.accountId) : ABSENT],
    [
      'aws:principalaccount',
      account ? known(account.accountId) : principal.kind === 'anonymous' ? known('anonymous') : ABSENT,
    ],
    ['aws:principalorgid', placeState(account, (place) => place.id)],
    ['aws:principalorgpaths', placeState(account, (place) => place.path)],
    ['aws:principalisawsservice', principal.kind === 'anonymous' ? ABSENT : known(String(isService))],
    ['aws:principalservicename', isService ? known(principal.text) : ABSENT],
    ['aws:principalservicenameslist', isService ? known(principal.text) : ABSENT],
    // AWS (C.12): only services that act for a resource send these.
    ...['aws:sourcearn', 'aws:sourceaccount', 'aws:sourceorgid', 'aws:sourceorgpaths', 'aws:sourceowner'].map(
      (key) => [key, isService ? MAYBE : ABSENT] as const,
    ),
    ...identityStates(caller),
    ...sessionStates(principal),
  ];
}

function identityStates(caller: CallerFacts): KeyStates {
  const [type, arn, userid, username] = identityKeys(caller);
  return [
    ['aws:principaltype', type],
    ['aws:principalarn', arn],
    ['aws:userid', userid],
    ['aws:username', username],
  ];
}

function identityKeys({
  principal,
  uniqueId,
  roleArn,
}: CallerFacts): readonly [KeyState, KeyState, KeyState, KeyState] {
  switch (principal.kind) {
    case 'anonymous':
      return [known('Anonymous'), ABSENT, known('anonymous'), ABSENT];
    case 'service':
      return [MAYBE, ABSENT, MAYBE, ABSENT];
    case 'account':
    case 'root': {
      const root = `arn:${principal.partition}:iam::${principal.accountId}:root`;
      return [known('Account'), known(root), known(principal.accountId), ABSENT];
    }
    case 'user':
      return [
        known('User'),
        known(principal.text),
        uniqueId === undefined ? ALWAYS : known(uniqueId),
        known(principal.name),
      ];
    case 'federated':
      return [
        known('FederatedUser'),
        known(principal.text),
        known(`${principal.accountId}:${principal.name}`),
        ABSENT,
      ];
    case 'role': {
      const id: KeyState =
        uniqueId === undefined ? ALWAYS : { kind: 'prefixed', prefix: `${uniqueId}:`, key: 'session-name' };
      return [known('AssumedRole'), known(principal.text), id, ABSENT];
    }
    case 'session': {
      // AWS (A.2): aws:PrincipalArn is the role's ARN, whose path a session's ARN drops.
      const role = roleArn === undefined ? ALWAYS : known(roleArn);
      return [
        known('AssumedRole'),
        role,
        uniqueId === undefined ? ALWAYS : known(`${uniqueId}:${principal.session}`),
        ABSENT,
      ];
    }
  }
}

/** MFA and the session's time: only with temporary credentials, which a user may or may not have (C.12). */
function sessionStates(principal: Principal): KeyStates {
  const temporary =
    principal.kind === 'role' || principal.kind === 'session' || principal.kind === 'federated';
  const never = principal.kind === 'anonymous' || principal.kind === 'service';
  const session: KeyState = temporary ? ALWAYS : never ? ABSENT : MAYBE;
  return [
    ['aws:multifactorauthpresent', session],
    ['aws:multifactorauthage', never ? ABSENT : MAYBE],
    ['aws:tokenissuetime', session],
    ['aws:sourceidentity', never ? ABSENT : MAYBE],
    ['aws:federatedprovider', never ? ABSENT : MAYBE],
  ];
}
