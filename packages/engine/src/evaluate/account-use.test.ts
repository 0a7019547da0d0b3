import { decideAccount, type AccountQuestion } from '../index.ts';
import {
  allow,
  ANYWHERE,
  caller,
  deny,
  document,
  hidden,
  identity,
  inWords,
  node,
  OWNER,
  ROLE,
  ROOT,
} from '../question.fixture.ts';

const LIST = { Action: 's3:ListAllMyBuckets' };
const may = (Resource: string) => caller(ROLE, { identity: identity(allow({ ...LIST, Resource })) });
const ABLE = may('*');

function answerOf(over: Partial<AccountQuestion>): string {
  const asked = { action: 's3:ListAllMyBuckets', via: ANYWHERE, context: {}, time: '2026-11-22T02:00:00Z' };
  return inWords(decideAccount({ caller: ABLE, ...asked, ...over }));
}

describe('an action that names no resource (semantics.md A.5, C.1)', () => {
  const endpoint = {
    id: 'vpce-1',
    vpcId: 'vpc-1',
    account: { accountId: OWNER, organization: { kind: 'absent' } },
    policies: [document('vpce-1#policy', 'endpoint', allow({ Principal: '*', Resource: 'arn:aws:s3:::b' }))],
  } as const;

  // prettier-ignore
  test.each<readonly [string, Partial<AccountQuestion>, string]>([
    ['an identity policy on everything', {}, 'allowed'],
    ["AWS's sample of it", { caller: may('arn:aws:s3:::*') }, 'allowed'],
    ['… which is a sample of this action alone', { caller: caller(ROLE, { identity: identity(allow({ Action: 's3:CreateJob', Resource: 'arn:aws:s3:::*' })) }), action: 's3:CreateJob' }, 'denied: identity'],
    ['an identity policy on one bucket', { caller: may('arn:aws:s3:::b') }, 'denied: identity'],
    ['no identity policy', { caller: caller(ROLE) }, 'denied: identity'],
    ['the root user', { caller: caller(ROOT) }, 'allowed'],
    ['an SCP that denies all but some actions', { caller: { ...ABLE, scps: [node('r', allow({ Action: '*', Resource: '*' }), { Effect: 'Deny', NotAction: 'iam:*', Resource: '*' })] } }, 'denied: scp!'],
    ['an SCP that denies one bucket', { caller: { ...ABLE, scps: [node('r', allow({ Action: '*', Resource: '*' }), deny({ Action: 's3:*', Resource: 'arn:aws:s3:::b' }))] } }, 'allowed'],
    ['a boundary without it', { caller: { ...ABLE, boundary: identity(allow({ Action: 'ec2:*' })) } }, 'denied: boundary'],
    ['an endpoint for one bucket', { via: { ...ANYWHERE, endpoint } }, 'denied: vpc-endpoint'],
    ['an anonymous caller', { caller: caller('anonymous') }, 'denied: bucket-policy'],
    ['identity policies that nobody could read', { caller: { ...caller(ROLE), identity: [hidden('p')] } }, 'unknown'],
  ])('%s', (_, over, expected) => {
    expect(answerOf(over)).toBe(expected);
  });
});
