/** Key policies that do not say what people think: no delegation, one account too few, an encryption context. */
import { roleArn, rootArn } from '../build/arn.ts';
import { bucket, withKey } from '../build/bucket.ts';
import { role } from '../build/iam.ts';
import { key, keyArnOf } from '../build/key.ts';
import { allow, policy, type Document, type Statement } from '../build/policy.ts';
import { letsRead, reads, readsAndWrites, usesKey } from './access.ts';
import { ACCOUNTS, KEY_TAG } from './organization.ts';
import { story, type Theme } from './story.ts';

const { analytics, development } = ACCOUNTS;

const CONTRACTS = 'example-contracts-key-no-delegation';
const LEDGER = 'example-ledger-bucket-key-context';
const MODELS = 'example-models-foreign-key';
const SCRATCH = 'example-etl-scratch-granted-key';

const contractsKey = keyArnOf(analytics, 'contracts');
const ledgerKey = keyArnOf(analytics, 'ledger');
const modelsKey = keyArnOf(analytics, 'models');
const scratchKey = keyArnOf(analytics, 'etl-scratch', { multiRegion: true });

const ledgerReader = roleArn(analytics, 'ledger-reader');
const modelTrainer = roleArn(development, 'model-trainer');
const etlWorker = roleArn(analytics, '/etl/etl-worker');

const classified = { [KEY_TAG]: 'restricted' };

/** The account may administer the key, and not use it: identity policies cannot grant decryption. */
const administration: Statement = allow(
  ['kms:Create*', 'kms:Describe*', 'kms:Enable*', 'kms:List*', 'kms:Put*', 'kms:Get*', 'kms:TagResource'],
  '*',
  { Sid: 'AllowAdministration', Principal: { AWS: rootArn(analytics) } },
);

const withoutDelegation: Document = policy(
  administration,
  allow(['kms:Decrypt', 'kms:GenerateDataKey'], '*', {
    Sid: 'AllowTheVault',
    Principal: { AWS: roleArn(analytics, 'contract-vault') },
  }),
);

/** Written before Bucket Keys were turned on: the context is now the bucket's ARN. */
const objectContext: Document = policy(
  administration,
  allow('kms:Decrypt', '*', {
    Sid: 'AllowLedgerObjects',
    Principal: { AWS: ledgerReader },
    Condition: { StringLike: { 'kms:EncryptionContext:aws:s3:arn': `arn:aws:s3:::${LEDGER}/*` } },
  }),
);

export const KEY_POLICIES: Theme = {
  lines: [
    bucket(analytics, CONTRACTS, { encryption: withKey(contractsKey, false), versioning: 'Enabled' }),
    key(analytics, 'contracts', { policy: withoutDelegation, tags: classified }),
    role(analytics, 'contract-vault', { inline: readsAndWrites(CONTRACTS) }),
    role(analytics, 'contract-reader', { inline: reads(CONTRACTS, usesKey(contractsKey)) }),
    bucket(analytics, LEDGER, { encryption: withKey(ledgerKey, true) }),
    key(analytics, 'ledger', { policy: objectContext, tags: classified }),
    role(analytics, 'ledger-reader', { inline: reads(LEDGER, usesKey(ledgerKey)) }),
    bucket(analytics, MODELS, {
      encryption: withKey(modelsKey),
      policy: policy(letsRead(MODELS, modelTrainer)),
    }),
    key(analytics, 'models', { tags: classified }),
    role(development, 'model-trainer', { inline: reads(MODELS, usesKey(modelsKey)) }),
    bucket(analytics, SCRATCH, { encryption: withKey(scratchKey) }),
    key(analytics, 'etl-scratch', {
      policy: policy(administration),
      tags: classified,
      multiRegion: true,
      grants: [{ grantee: etlWorker, operations: ['Decrypt', 'GenerateDataKey', 'DescribeKey'] }],
    }),
    role(analytics, '/etl/etl-worker', { inline: readsAndWrites(SCRATCH) }),
  ],
  stories: [
    story({
      id: 'key-without-delegation',
      title: 'The contracts’ key does not delegate to IAM, so the reader’s kms:Decrypt has no effect.',
      bucket: CONTRACTS,
      principal: roleArn(analytics, 'contract-reader'),
      expected: 'denied',
      blockers: ['kms-key-policy'],
      leg: 'kms',
    }),
    story({
      id: 'bucket-key-context',
      title:
        'Bucket Keys were turned on; the key policy still expects the object’s ARN as encryption context.',
      bucket: LEDGER,
      principal: ledgerReader,
      expected: 'denied',
      blockers: ['kms-key-policy'],
      leg: 'kms',
    }),
    story({
      id: 'kms-cross-account-half',
      title: 'Bucket policy and trainer agree across accounts; the key policy knows only its own account.',
      bucket: MODELS,
      principal: modelTrainer,
      expected: 'denied',
      blockers: ['kms-key-policy'],
      leg: 'kms',
    }),
    story({
      id: 'control-grant',
      title: 'A KMS grant lets the ETL worker read where neither key policy nor identity policy does.',
      bucket: SCRATCH,
      principal: etlWorker,
      expected: 'allowed',
      leg: 'kms',
    }),
  ],
};
