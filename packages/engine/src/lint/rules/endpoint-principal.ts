import type { Remark, Rule } from '../rule.ts';
import type { LintOptions, PlacedPrincipal } from '../subject.ts';

/** A gateway endpoint takes `*` for its principal; an account there is its root user only (semantics.md E; G.45). */
export const endpointPrincipal: Rule = {
  name: 'endpoint-principal',
  source: 'E',
  check: ({ options, statements }) => {
    if (options.type !== 'endpoint' || options.endpoint === 'interface') return [];
    const named = statements.flatMap(({ principals }) => principals);
    return named.filter(({ text }) => text !== '*').flatMap((principal) => remarksOn(principal, options));
  },
};

function remarksOn({ path, text }: PlacedPrincipal, { endpoint }: LintOptions): readonly Remark[] {
  const isAccount = /^(\d{12}|arn:[\w-]+:iam::\d{12}:root)$/.test(text);
  const meaning = isAccount ? 'means the root user of the account alone' : 'matches nobody';
  const message = `at a gateway endpoint \`${text}\` ${meaning}: use "*" and aws:PrincipalArn or aws:PrincipalAccount`;
  // Which it is was not said: nothing is wrong with it at an interface endpoint.
  return [{ path, severity: endpoint === 'gateway' ? 'error' : 'info', message }];
}
