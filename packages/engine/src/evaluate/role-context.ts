import { known, type KeyState, type RequestContext } from './context.ts';
import { ALWAYS, resourceStates, tagState } from './key-states.ts';
import { openContext } from './open-context.ts';
import type { RoleQuestion } from './question.ts';
import { forwardStates, networkStates } from './request-states.ts';

/** The context of a call to STS for a role. */
export function roleContext(question: RoleQuestion): RequestContext {
  const { caller, action, role, via, context, time } = question;
  const roleTag = (name: string): KeyState => tagState(role.tags, name, `${role.arn}#tags`);
  return openContext({
    leg: 's3',
    caller,
    time,
    action,
    context,
    states: [
      ...networkStates(via),
      ...resourceStates(role.account),
      ['aws:requestedregion', ALWAYS],
      // AWS: STS answers over TLS only.
      ['aws:securetransport', known('true')],
      ...forwardStates(via, true),
    ],
    prefixes: [
      ['aws:resourcetag/', roleTag],
      ['iam:resourcetag/', roleTag],
    ],
  });
}
