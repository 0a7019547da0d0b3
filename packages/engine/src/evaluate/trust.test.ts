import { seen } from '@denyscope/model';
import { decideRole, type RoleFacts, type RoleQuestion } from '../index.ts';
import {
  account,
  allow,
  ANYWHERE,
  blockersOf,
  caller,
  document,
  FAR_ROLE,
  hidden,
  identity,
  node,
  OTHER,
  OWNER,
  ROLE,
  ROOT,
  USER,
  type StatementText,
} from '../question.fixture.ts';

const TARGET = `arn:aws:iam::${OWNER}:role/target`;
const STS = allow({ Action: 'sts:*' });
const ABLE = caller(ROLE, { identity: identity(STS) });
const FAR = caller(FAR_ROLE, { identity: identity(STS) });

function trusting(principal: unknown, over: StatementText = {}): Partial<RoleFacts> {
  const statement = { Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', ...over };
  return { trust: document(`${TARGET}#trust`, 'trust', statement) };
}

function answerOf(role: Partial<RoleFacts>, over: Partial<RoleQuestion> = {}): string {
  const target: RoleFacts = {
    arn: TARGET,
    account: account(OWNER),
    trust: document(`${TARGET}#trust`, 'trust'),
    tags: seen(new Map()),
    rcps: undefined,
    ...role,
  };
  const question = { caller: ABLE, action: 'sts:AssumeRole', via: ANYWHERE, context: {}, time: NOW };
  const answer = decideRole({ ...question, role: target, ...over });
  if (answer.verdict === 'denied') return `denied: ${blockersOf(answer).join(' ')}`;
  return answer.verdict === 'conditional' ? answer.conditionText : answer.verdict;
}

const NOW = '2026-11-22T02:00:00Z';
const NO_POLICY = { caller: caller(ROLE) };

// prettier-ignore
test.each<readonly [string, Partial<RoleFacts>, Partial<RoleQuestion>, string]>([
  ['the trust policy must take part', {}, {}, 'denied: role-trust'],
  ['in the same account it may name the role, which then needs no identity policy', trusting({ AWS: ROLE }), NO_POLICY, 'allowed'],
  ['… or a user', trusting({ AWS: USER }), { caller: caller(USER) }, 'allowed'],
  ['… or trust the account, whose policies share it out', trusting({ AWS: ROOT }), {}, 'allowed'],
  ['… and to nobody without one', trusting({ AWS: ROOT }), NO_POLICY, 'denied: identity'],
  ['across accounts both sides allow', trusting({ AWS: OTHER }), { caller: FAR }, 'allowed'],
  ['… even where the role is named', trusting({ AWS: FAR_ROLE }), { caller: caller(FAR_ROLE) }, 'denied: identity'],
  ['… and the role must trust', trusting({ AWS: ROOT }), { caller: FAR }, 'denied: role-trust'],
  ['an SCP on the caller', trusting({ AWS: ROLE }), { caller: caller(ROLE, { scps: [node('r', allow({ Action: 's3:*' }))] }) }, 'denied: scp'],
  ['an RCP on the role\'s account', { ...trusting({ AWS: ROLE }), rcps: [node('r', allow({ Action: '*' }), { ...allow({ Action: 'sts:*' }), Effect: 'Deny' })] }, {}, 'denied: rcp!'],
  ['… reaches no service-linked role', { ...trusting({ Service: 'es.amazonaws.com' }), arn: `arn:aws:iam::${OWNER}:role/aws-service-role/es.amazonaws.com/AWSServiceRoleForES`, rcps: [node('r', { ...allow({ Action: 'sts:*' }), Effect: 'Deny' })] }, { caller: caller('es.amazonaws.com') }, 'allowed'],
  ['a service', trusting({ Service: 'ec2.amazonaws.com' }), { caller: caller('ec2.amazonaws.com') }, 'allowed'],
  ['another service', trusting({ Service: 'ec2.amazonaws.com' }), { caller: caller('ecs.amazonaws.com') }, 'denied: role-trust'],
  ['nobody comes without a signature', trusting('*'), { caller: caller('anonymous') }, 'denied: role-trust'],
  ['an external id is a condition', trusting({ AWS: OTHER }, { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } }), { caller: FAR }, 'where sts:externalid is x'],
  ['… that the asker may close', trusting({ AWS: OTHER }, { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } }), { caller: FAR, context: { 'sts:ExternalId': ['y'] } }, 'denied: role-trust'],
  ['the role\'s tags', { ...trusting({ AWS: ROLE }, { Condition: { StringEquals: { 'aws:ResourceTag/team': 'a' } } }), tags: seen(new Map([['team', 'a']])) }, {}, 'allowed'],
  ['a trust policy that nobody could read', { trust: hidden('t') }, {}, 'unknown'],
  ['a suspended account', { ...trusting({ AWS: ROLE }), account: { ...account(OWNER), state: 'SUSPENDED' } }, {}, 'denied: account-state'],
])('assuming a role (semantics.md B.4, D.4): %s', (_, role, over, expected) => {
  expect(answerOf(role, over)).toBe(expected);
});
