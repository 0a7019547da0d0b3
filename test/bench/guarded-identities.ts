/** What the callers of the guarded bucket may do by policies of their own. */
import { AWS_MANAGED_POLICIES } from '@denyscope/worlds';
import { type Document } from './closed-request.ts';
import { allow, BUCKET, deny, documentOf, OWNER } from './guarded-policies.ts';

function managed(name: string): Document {
  const arn = `arn:aws:iam::aws:policy/${name}`;
  const policy = AWS_MANAGED_POLICIES.get(arn);
  if (!policy) throw new Error(`no managed policy \`${name}\``);
  return { name: arn, text: JSON.stringify(policy.document) };
}

const readOnly = managed('ReadOnlyAccess');
const securityAudit = managed('SecurityAudit');
const powerUser = managed('PowerUserAccess');
const s3ReadOnly = managed('AmazonS3ReadOnlyAccess');
const lambda = managed('service-role/AWSLambdaBasicExecutionRole');
const instances = managed('AmazonSSMManagedInstanceCore');

const lakeReader = documentOf(
  'lake-reader',
  allow(['s3:ListBucket', 's3:GetBucketLocation'], [BUCKET]),
  allow(['s3:GetObject', 's3:GetObjectVersion'], [`${BUCKET}/curated/*`, `${BUCKET}/restricted/*`]),
  allow(['glue:GetTable', 'glue:GetPartitions', 'athena:StartQueryExecution'], ['*']),
  allow(['kms:Decrypt', 'kms:DescribeKey'], [`arn:aws:kms:eu-central-1:${OWNER}:key/*`], {
    StringEquals: { 'kms:ViaService': 's3.eu-central-1.amazonaws.com' },
  }),
);
const lakeWriter = documentOf(
  'lake-writer',
  allow(['s3:PutObject', 's3:GetObject', 's3:DeleteObject'], [`${BUCKET}/raw/*`, `${BUCKET}/curated/*`]),
  allow(['s3:ListBucket', 's3:ListBucketMultipartUploads'], [BUCKET], {
    StringLike: { 's3:prefix': ['raw/*', 'curated/*', ''] },
  }),
  allow(['kms:GenerateDataKey', 'kms:Decrypt'], [`arn:aws:kms:*:${OWNER}:key/*`]),
  allow(['sqs:SendMessage', 'sqs:GetQueueUrl'], [`arn:aws:sqs:eu-central-1:${OWNER}:lake-*`]),
);
const homeFolders = documentOf(
  'home-folders',
  allow(['s3:ListBucket'], [BUCKET], { StringLike: { 's3:prefix': ['home/${aws:username}/*', 'home/'] } }),
  allow(['s3:GetObject', 's3:PutObject'], [`${BUCKET}/home/\${aws:username}/*`]),
);
const guardrails = documentOf(
  'own-guardrails',
  deny('DenyRestrictedExports', ['s3:GetObject*'], { StringLike: { 'aws:UserAgent': '*s3-browser*' } }),
  {
    Sid: 'DenySecrets',
    Effect: 'Deny',
    Action: ['s3:*'],
    Resource: [`${BUCKET}/secrets/*`, 'arn:aws:s3:::acme-secrets-*'],
  },
);
const operations = documentOf(
  'operations',
  allow(['s3:GetBucket*', 's3:GetLifecycleConfiguration', 's3:PutLifecycleConfiguration'], [BUCKET]),
  allow(['s3:DeleteObject', 's3:DeleteObjectVersion'], [`${BUCKET}/*`]),
  allow(['logs:*', 'cloudwatch:*', 'tag:Get*'], ['*']),
);

/** Five identity policies each, of AWS's and by hand, for each kind of work. */
export const IDENTITY_POLICIES = {
  analyst: [readOnly, lakeReader, homeFolders, guardrails, instances],
  auditor: [securityAudit, s3ReadOnly, guardrails, lambda, lakeReader],
  loader: [lambda, instances, lakeWriter, guardrails, s3ReadOnly],
  platform: [powerUser, operations, lakeWriter, guardrails, instances],
  person: [s3ReadOnly, homeFolders, guardrails, lakeReader, operations],
} as const satisfies Record<string, readonly Document[]>;
