import { compilePolicy } from '../compile/policy.ts';
import { createExpressions } from '../expression/expressions.ts';
import { expressionText } from '../expression/text.ts';
import {
  allow,
  documentText,
  FAR_ROLE,
  FAR_ROOT,
  FEDERATED,
  OTHER,
  OWNER,
  principalOf,
  ROLE,
  ROOT,
  SESSION,
  USER,
} from '../question.fixture.ts';
import { principalMatches, sparedBy, spelledOtherwise, type Caller } from './caller.ts';

const CANONICAL = 'a'.repeat(64);

function callerOf(text: string, hasBoundary: Caller['hasBoundary'] = false): Caller {
  const principal = principalOf(text);
  const accountId = 'accountId' in principal ? principal.accountId : undefined;
  return { principal, accountId, hasBoundary, canonicalUserId: accountId === OWNER ? CANONICAL : undefined };
}

function element(name: 'Principal' | 'NotPrincipal', value: unknown) {
  const { statements } = compilePolicy(documentText([allow({ [name]: value })]), 'resource');
  const principal = statements[0]?.principal;
  if (!principal) throw new Error('no principal element');
  return principal;
}

/** How the element names the caller, each way with its condition. */
function ways(value: unknown, caller: string): readonly string[] {
  const matches = principalMatches(element('Principal', value), callerOf(caller), createExpressions());
  return matches.map(({ as, when }) => (when.kind === 'true' ? as : `${as}: ${expressionText(when)}`));
}

const PATHED = `arn:aws:iam::${OWNER}:role/team/app`;

describe('whom a Principal names (semantics.md A.2)', () => {
  // prettier-ignore
  test.each<readonly [string, unknown, string, readonly string[]]>([
    ['everyone', '*', ROLE, ['everyone']],
    ['everyone, anonymous callers too', '*', 'anonymous', ['everyone']],
    ['everyone under AWS', { AWS: '*' }, 'anonymous', ['everyone']],
    ['a service is everyone', '*', 'cloudtrail.amazonaws.com', ['everyone']],
    ['an account by its id', { AWS: OWNER }, ROLE, ['account']],
    ['an account by its root ARN', { AWS: ROOT }, USER, ['account']],
    ['another account', { AWS: OTHER }, ROLE, []],
    ['an account, where nobody signed', { AWS: OWNER }, 'anonymous', []],
    ['a role', { AWS: ROLE }, ROLE, ['principal']],
    ['a session of the role', { AWS: ROLE }, SESSION, ['principal']],
    ["a session drops the role's path", { AWS: PATHED }, SESSION, ['principal']],
    ['the path counts for the role itself', { AWS: PATHED }, ROLE, []],
    ['role names have no case (I.15)', { AWS: ROLE.replace('app', 'App') }, SESSION, ['principal']],
    ['a role of that name elsewhere', { AWS: FAR_ROLE }, ROLE, []],
    ['another partition', { AWS: ROLE.replace('arn:aws:', 'arn:aws-cn:') }, ROLE, []],
    ['one session', { AWS: SESSION }, SESSION, ['session']],
    ['another session', { AWS: SESSION.replace('jane', 'jo') }, SESSION, []],
    ['session names have case', { AWS: SESSION.replace('jane', 'Jane') }, SESSION, []],
    ['one session, of a role that may be any', { AWS: SESSION }, ROLE, ['session: in the session jane']],
    ['no wildcard session', { AWS: SESSION.replace('jane', '*') }, SESSION, []],
    ['a user', { AWS: USER }, USER, ['principal']],
    ["case counts in a user's name", { AWS: USER.replace('jane', 'Jane') }, USER, []],
    ['… but not against its federated session (I.15)', { AWS: USER.replace('jane', 'Jane') }, FEDERATED, ['limited']],
    ['a session of another role', { AWS: SESSION.replace('/app/', '/other/') }, ROLE, []],
    ['a session is no user', { AWS: SESSION }, USER, []],
    ['a user is no role', { AWS: USER }, `arn:aws:iam::${OWNER}:role/jane`, []],
    ['a federated session', { AWS: FEDERATED }, FEDERATED, ['session']],
    ['its user, as a limited grant', { AWS: USER }, FEDERATED, ['limited']],
    ['a federated provider names no caller of S3', { Federated: 'cognito-identity.amazonaws.com' }, FEDERATED, []],
    ['a service', { Service: 'cloudtrail.amazonaws.com' }, 'cloudtrail.amazonaws.com', ['service']],
    ['another service', { Service: 'logs.amazonaws.com' }, 'cloudtrail.amazonaws.com', []],
    ['a service does not name its roles', { Service: 'cloudtrail.amazonaws.com' }, ROLE, []],
    ['no wildcard service', { Service: '*' }, 'cloudtrail.amazonaws.com', []],
    ['a service under AWS', { AWS: 'cloudtrail.amazonaws.com' }, 'cloudtrail.amazonaws.com', []],
    ['nobody is called anonymous', { AWS: 'anonymous' }, 'anonymous', []],
    ['an account by its canonical id', { CanonicalUser: CANONICAL }, ROLE, ['account']],
    ['another canonical id', { CanonicalUser: 'b'.repeat(64) }, ROLE, []],
    ['a CloudFront identity', { AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1' }, 'anonymous', []],
    ['the id of a deleted role', { AWS: 'AROAEXAMPLEEXAMPLE' }, ROLE, []],
    ['a partial wildcard', { AWS: `arn:aws:iam::${OWNER}:role/*` }, ROLE, []],
    ['an account with a wildcard', { AWS: 'arn:aws:iam::*:root' }, ROLE, []],
    ['several, of which two hit', { AWS: [ROLE, OTHER, OWNER] }, ROLE, ['principal', 'account']],
    ['a root user by its account', { AWS: FAR_ROOT }, FAR_ROOT, ['account']],
  ])('%s: %j names %s', (_, value, caller, expected) => {
    expect(ways(value, caller)).toEqual(expected);
  });
});

describe('whom a NotPrincipal under Deny spares (semantics.md A.3, I.8)', () => {
  // prettier-ignore
  test.each<readonly [string, unknown, string, Caller['hasBoundary'], string]>([
    ['a listed user', { AWS: USER }, USER, false, 'always'],
    ['a listed role, at its word', { AWS: ROLE }, ROLE, false, 'always'],
    ['the session of a listed role, at its word', { AWS: ROLE }, SESSION, false, 'always'],
    ['a listed account', { AWS: OWNER }, SESSION, false, 'always'],
    ['one listed session of the role', { AWS: SESSION }, ROLE, false, 'in the session jane'],
    ['whoever is not listed', { AWS: USER }, ROLE, false, 'never'],
    ['a listed role with a boundary', { AWS: [ROLE, OWNER] }, ROLE, true, 'never'],
    ['a listed user with a boundary', { AWS: [USER, OWNER] }, USER, true, 'never'],
    ['a listed service', { Service: 'logs.amazonaws.com' }, 'logs.amazonaws.com', false, 'always'],
    ['a listed root user, who has no boundary', { AWS: ROOT }, ROOT, 'unknown', 'always'],
    ['a listed role of which nobody knows', { AWS: ROLE }, ROLE, 'unknown', `depending on ${ROLE}#boundary, which could not be read`],
  ])('%s: %j spares %s, boundary %s: %s', (...[, value, caller, boundary, expected]) => {
    const spared = sparedBy(element('NotPrincipal', value), callerOf(caller, boundary), createExpressions());
    expect(expressionText(spared)).toBe(expected);
  });
});

describe('a name that only I.15 makes the same', () => {
  // prettier-ignore
  test.each<readonly [string, unknown, string, boolean]>([
    ['another case', { AWS: ROLE.replace('app', 'App') }, SESSION, true],
    ['the same case', { AWS: ROLE }, SESSION, false],
    ['both', { AWS: [ROLE.replace('app', 'App'), ROLE] }, SESSION, false],
    ['another name', { AWS: ROLE.replace('app', 'other') }, SESSION, false],
    ['everyone', '*', SESSION, false],
    ['a caller without a name', { AWS: ROLE }, 'anonymous', false],
  ])('%s', (_, value, caller, expected) => {
    expect(spelledOtherwise(element('Principal', value), callerOf(caller))).toBe(expected);
  });
});
