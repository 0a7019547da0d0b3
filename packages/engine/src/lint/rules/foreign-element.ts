import type { Remark, Rule } from '../rule.ts';
import type { LintStatement, LintType, Subject } from '../subject.ts';

interface Refusal {
  readonly types: readonly LintType[];
  readonly element: string;
  readonly isThere: (statement: LintStatement) => boolean;
  readonly message: string;
}

/** Elements that AWS's grammar has, and this kind of policy has not (semantics.md A.3, B.3). */
const REFUSALS: readonly Refusal[] = [
  {
    types: ['scp'],
    element: 'Principal',
    isThere: ({ written }) => written.principal !== undefined,
    message: 'an SCP has no Principal',
  },
  {
    types: ['trust'],
    element: 'NotPrincipal',
    isThere: ({ written }) => written.principal?.negated === true,
    message: 'a trust policy has no NotPrincipal',
  },
  {
    types: ['trust'],
    element: 'Resource',
    isThere: ({ written }) => written.resource !== undefined,
    message: 'a trust policy has no Resource: it is about its role',
  },
  {
    types: ['rcp'],
    element: 'NotAction',
    isThere: ({ written }) => written.action.negated,
    message: 'an RCP has no NotAction',
  },
  {
    types: ['rcp'],
    element: 'Effect',
    isThere: (statement) => statement.effect === 'Allow' && !allowsEverything(statement),
    message: 'an RCP of your own can only deny',
  },
  {
    types: ['rcp'],
    element: 'Action',
    isThere: ({ effect, actions }) => effect === 'Deny' && actions.some(({ text }) => text === '*'),
    message: 'an RCP names the service of each action: a lone * is refused',
  },
];

export const foreignElement: Rule = {
  name: 'foreign-element',
  source: 'B.3',
  check: (subject) => [
    ...versionRemarks(subject),
    ...subject.statements.flatMap((one) => refusedIn(one, subject)),
  ],
};

/** AWS (B.3): RCPs have one version of the language only. */
function versionRemarks({ options, document, json }: Subject): readonly Remark[] {
  if (options.type !== 'rcp' || !json || document.statements.length === 0) return [];
  if (document.version === '2012-10-17') return [];
  return [{ path: '/Version', severity: 'error', message: 'an RCP has the version 2012-10-17' }];
}

function refusedIn(statement: LintStatement, { options }: Subject): readonly Remark[] {
  return REFUSALS.filter(({ types, isThere }) => types.includes(options.type) && isThere(statement)).map(
    ({ element, message }) => ({ path: `${statement.path}/${element}`, severity: 'error', message }),
  );
}

/** RCPFullAWSAccess, which AWS attaches everywhere. */
function allowsEverything({ actions, resources, conditions }: LintStatement): boolean {
  return [...actions, ...resources].every(({ text }) => text === '*') && conditions.length === 0;
}
