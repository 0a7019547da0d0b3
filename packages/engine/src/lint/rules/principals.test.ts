import { said, saidOf, SOUND } from '../lint.fixture.ts';
import type { LintOptions } from '../subject.ts';

type Row = readonly [
  what: string,
  elements: Readonly<Record<string, unknown>>,
  said: readonly string[],
  options: Partial<LintOptions>,
];

const bucket = { type: 'bucket' } as const;
const gateway = { type: 'endpoint', endpoint: 'gateway' } as const;
const ACCOUNT = { Principal: { AWS: 'arn:aws:iam::111122223333:root' } };
const TRUST = { Action: 'sts:AssumeRole', Resource: undefined, Principal: { AWS: '111122223333' } };
const DENY = { Effect: 'Deny', Principal: '*' };

// prettier-ignore
test.each<Row>([
  ['deleted-principal: a role', { Principal: { AWS: ['*', 'AROAJQABLZS4A3QDU576Q'] } }, ['deleted-principal error Principal/AWS/1'], bucket],
  ['deleted-principal: a user that is not meant', { Effect: 'Deny', NotPrincipal: { AWS: 'AIDAJQABLZS4A3QDU576Q' } }, ['deleted-principal error NotPrincipal/AWS'], bucket],
  ['deleted-principal: a canonical user', { Principal: { CanonicalUser: '65a011a29cdf8ec533ec3d1ccaae921c' } }, [], bucket],
  ['deleted-principal: an id in a condition', { Principal: '*', Condition: { StringLike: { 'aws:userid': 'AROAJQABLZS4A3QDU576Q:*' } } }, [], bucket],
  ['not-principal-allow: Allow', { NotPrincipal: { AWS: '111122223333' } }, ['not-principal-allow error NotPrincipal'], bucket],
  ['not-principal-allow: Deny', { Effect: 'Deny', NotPrincipal: { AWS: '111122223333' } }, [], bucket],
  ['missing-principal: none in a bucket policy', {}, ['missing-principal error /Statement'], bucket],
  ['missing-principal: none in a key policy', { Action: 'kms:Decrypt', Resource: undefined }, ['missing-principal error /Statement'], { type: 'key' }],
  ['missing-principal: none in an identity policy', {}, [], { type: 'identity' }],
  ['missing-principal: none in an SCP', {}, [], { type: 'scp' }],
  ['principal in an identity policy: it does not parse', { Principal: '*' }, ['grammar error Principal'], { type: 'identity' }],
  ['principal in a boundary: it does not parse', { NotPrincipal: '*' }, ['grammar error NotPrincipal'], { type: 'boundary' }],
  ['principal-wildcard: a pattern', { Principal: { AWS: ['arn:aws:iam::111122223333:role/app-*'] } }, ['principal-wildcard error Principal/AWS/0'], bucket],
  ['principal-wildcard: everyone', { Principal: { AWS: '*' } }, [], bucket],
  ['principal-wildcard: every service, which there is not', { Principal: { Service: '*' } }, ['principal-wildcard error Principal/Service'], bucket],
  ['principal-wildcard: a pattern in a condition', { Principal: '*', Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/app-*' } } }, [], bucket],
  ['endpoint-principal: an account at a gateway', ACCOUNT, ['endpoint-principal error Principal/AWS'], gateway],
  ['endpoint-principal: everyone at a gateway', { Principal: '*' }, [], gateway],
  ['endpoint-principal: an account at an interface', ACCOUNT, [], { type: 'endpoint', endpoint: 'interface' }],
  ['endpoint-principal: an account where the kind was not told', ACCOUNT, ['endpoint-principal info Principal/AWS'], { type: 'endpoint' }],
  ['endpoint-principal: an account in a bucket policy', ACCOUNT, [], bucket],
  ['foreign-element: Principal in an SCP', { Principal: '*' }, ['foreign-element error Principal'], { type: 'scp' }],
  ['foreign-element: NotPrincipal in a trust policy', { ...TRUST, Principal: undefined, Effect: 'Deny', NotPrincipal: { AWS: '111122223333' } }, ['foreign-element error NotPrincipal'], { type: 'trust' }],
  ['foreign-element: Resource in a trust policy', { ...TRUST, Resource: '*' }, ['foreign-element error Resource'], { type: 'trust' }],
  ['foreign-element: a trust policy as it should be', TRUST, [], { type: 'trust' }],
  ['foreign-element: an RCP that allows', { Principal: '*' }, ['foreign-element error Effect'], { type: 'rcp' }],
  ['foreign-element: the RCP of AWS that allows', { Principal: '*', Action: '*', Resource: '*' }, [], { type: 'rcp' }],
  ['foreign-element: an RCP that denies everything', { ...DENY, Action: '*', Resource: '*' }, ['foreign-element error Action'], { type: 'rcp' }],
  ['foreign-element: an RCP with NotAction', { ...DENY, Action: undefined, NotAction: 's3:*', Resource: '*' }, ['foreign-element error NotAction'], { type: 'rcp' }],
  ['foreign-element: an RCP that denies', DENY, [], { type: 'rcp' }],
])('%s', (_, elements, expected, options) => {
  expect(said(elements, options)).toEqual(expected);
});

test('foreign-element: an RCP has one version of the language', () => {
  const Statement = { ...SOUND, ...DENY };
  expect(saidOf({ Statement }, { type: 'rcp' })).toEqual(['foreign-element error /Version']);
  expect(saidOf({ Statement }, { type: 'scp' })).toEqual(['foreign-element error Principal']);
});
