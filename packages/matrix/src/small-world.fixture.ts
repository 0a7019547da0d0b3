import { buildEstate, parseSnapshot } from '@denyscope/inventory';
import type { ExplainAnswer, ExplainRequest } from '@denyscope/model';
import { compileEstate, explain } from './index.ts';

export const OWNER = '111122223333';
export const OTHER = '444455556666';
export const ROLE = `arn:aws:iam::${OWNER}:role/team/app`;
export const FAR_ROLE = `arn:aws:iam::${OTHER}:role/team/app`;
export const KEY = `arn:aws:kms:eu-west-1:${OWNER}:key/k`;
export const ALIAS = 'alias/data';
export const SCAN = { id: '1', finishedAt: '2026-11-22T02:00:00Z' };
const HEADER = {
  kind: 'snapshot',
  format: 'denyscope/1',
  takenAt: '2026-11-22T02:00:00Z',
  source: 'import',
  collected: {
    bucket: ['Policy', 'Grants', 'ServerSideEncryptionConfiguration', 'Payer', 'ObjectLockConfiguration'],
    'kms-key': ['Policy', 'Grants', 'Aliases', 'Tags'],
    'account-public-access-block': ['PublicAccessBlockConfiguration'],
  },
};

export const policy = (...statements: readonly object[]) => ({
  Version: '2012-10-17',
  Statement: statements,
});
export const allow = (Action: unknown, over: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource: '*',
  ...over,
});
export const role = (accountId: string, ...actions: readonly string[]) => ({
  kind: 'iam-role',
  accountId,
  data: {
    RoleName: 'app',
    Arn: `arn:aws:iam::${accountId}:role/team/app`,
    Path: '/team/',
    AssumeRolePolicyDocument: policy(allow('sts:AssumeRole', { Principal: { AWS: FAR_ROLE } })),
    RolePolicyList: [{ PolicyName: 'p', PolicyDocument: policy(allow(actions)) }],
  },
});
const blocks = (accountId: string) => ({ kind: 'account-public-access-block', accountId, data: {} });
export const bucket = (over: object = {}) => ({
  kind: 'bucket',
  accountId: OWNER,
  region: 'eu-west-1',
  data: {
    Name: 'data',
    PublicAccessBlockConfiguration: {},
    OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] },
    AbacStatus: { Status: 'Disabled' },
    ...over,
  },
});
export const encrypted = (KMSMasterKeyID?: string) => ({
  ServerSideEncryptionConfiguration: {
    Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID } }],
  },
});
export const key = (accountId = OWNER, over: object = {}) => ({
  kind: 'kms-key',
  accountId,
  region: 'eu-west-1',
  data: {
    KeyMetadata: { KeyId: 'k', Arn: `arn:aws:kms:eu-west-1:${accountId}:key/k`, KeyState: 'Enabled' },
    Policy: policy(allow('kms:*', { Principal: { AWS: accountId } })),
    Aliases: [{ AliasName: ALIAS }],
    ...over,
  },
});
export const shared = { Policy: policy(allow('s3:*', { Principal: { AWS: OTHER } })) };

export function estate(lines: readonly object[]) {
  const { header, lines: read } = parseSnapshot([HEADER, blocks(OWNER), blocks(OTHER), ...lines]);
  return compileEstate(buildEstate(header, read));
}

const asked = (over: Partial<ExplainRequest> = {}): ExplainRequest => ({
  principal: ROLE,
  action: 's3:GetObject',
  resource: 'arn:aws:s3:::data/k',
  ...over,
});

export function answerOf(lines: readonly object[], over: Partial<ExplainRequest> = {}): ExplainAnswer {
  const explained = explain(estate(lines), asked(over), SCAN);
  if (!explained.ok) throw new Error(explained.problem.message);
  return explained.answer;
}

export function problemOf(lines: readonly object[], over: Partial<ExplainRequest>): string {
  const explained = explain(estate(lines), asked(over), SCAN);
  return explained.ok ? explained.answer.verdict : `${explained.problem.field}: ${explained.problem.message}`;
}

export const OWN = [role(OWNER, 's3:*', 'kms:*'), bucket()];
