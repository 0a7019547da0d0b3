import { compilePolicy, type CallerFacts } from '@denyscope/engine';
import { seen, type ExplainRequest } from '@denyscope/model';
import { answered, invalid, type Answered } from '../answered.ts';

/** AWS (B.4): session policies come with sessions of roles and of federated users, and with nobody else. */
const SESSIONS: ReadonlySet<string> = new Set(['role', 'session', 'federated']);

/** The caller with the policies that its session was given. */
export function withSessionPolicies(
  caller: CallerFacts,
  given: ExplainRequest['sessionPolicies'],
): Answered<CallerFacts> {
  if (given === undefined || given.length === 0) return answered(caller);
  const { kind, text } = caller.principal;
  if (!SESSIONS.has(kind)) {
    return invalid(
      'sessionPolicies',
      `\`${text}\` has no session: only roles and federated users come with one`,
    );
  }
  const session = given.map(({ name, policy }) => ({
    document: `${text}#session/${name}`,
    attachedTo: text,
    policy: compilePolicy(typeof policy === 'string' ? policy : JSON.stringify(policy ?? null), 'identity'),
  }));
  for (const [at, { policy }] of session.entries()) {
    const [fault] = policy.broken;
    if (fault) return invalid('sessionPolicies', `/${at}/policy${fault.path}: ${fault.message}`);
  }
  return answered({
    ...caller,
    session: session.map((source) => ({ ...source, policy: seen(source.policy) })),
  });
}
