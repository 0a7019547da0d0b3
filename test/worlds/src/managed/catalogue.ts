import type { ManagedPolicy } from '../build/iam.ts';
import { allow, policy, type Document } from '../build/policy.ts';
import { actionFamilies, readActions } from './actions.ts';

/** Managed policies by ARN. */
export type ManagedPolicies = ReadonlyMap<string, ManagedPolicy>;

const SECURITY_AUDIT_S3 = [
  's3:GetAccelerateConfiguration',
  's3:GetAccessPoint',
  's3:GetAccessPointPolicy',
  's3:GetAccountPublicAccessBlock',
  's3:GetBucket*',
  's3:GetEncryptionConfiguration',
  's3:GetLifecycleConfiguration',
  's3:GetReplicationConfiguration',
  's3:ListAccessPoints',
  's3:ListAllMyBuckets',
  's3:ListBucket',
];

const LINKED_ROLES = [
  'iam:CreateServiceLinkedRole',
  'iam:DeleteServiceLinkedRole',
  'iam:ListRoles',
  'organizations:DescribeOrganization',
];

/** Reads all that S3 holds, but may not decrypt it: that is how AWS's own behaves. */
function readOnlyAccess(): Document {
  const important = ['iam:Generate*', 'iam:Get*', 'iam:List*', 'kms:Describe*', 'kms:Get*', 'kms:List*'];
  const s3 = ['s3:DescribeJob', 's3:Get*', 's3:List*', 'organizations:Describe*', 'organizations:List*'];
  return policy(
    allow([...readActions(['Describe', 'Get', 'List'], 3), ...important], '*', {
      Sid: 'ReadOnlyActionsGroup1',
    }),
    allow([...actionFamilies(['BatchGet', 'Search']), ...s3], '*', { Sid: 'ReadOnlyActionsGroup2' }),
  );
}

function securityAudit(): Document {
  const important = ['iam:Get*', 'iam:List*', 'kms:Describe*', 'kms:Get*', 'kms:List*', ...SECURITY_AUDIT_S3];
  return policy(
    allow([...readActions(['Describe', 'List'], 3), ...important].toSorted(), '*', {
      Sid: 'BaseSecurityAudit',
    }),
    allow(['apigateway:GET'], ['arn:aws:apigateway:*::/apis', 'arn:aws:apigateway:*::/restapis']),
  );
}

const DOCUMENTS: readonly (readonly [path: string, version: string, document: Document])[] = [
  ['AdministratorAccess', 'v1', policy(allow('*', '*'))],
  ['ReadOnlyAccess', 'v180', readOnlyAccess()],
  ['SecurityAudit', 'v85', securityAudit()],
  [
    'PowerUserAccess',
    'v5',
    policy(
      { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' },
      allow(LINKED_ROLES, '*'),
    ),
  ],
  ['AmazonS3FullAccess', 'v2', policy(allow(['s3:*', 's3-object-lambda:*'], '*'))],
  [
    'AmazonS3ReadOnlyAccess',
    'v3',
    policy(
      allow(['s3:Get*', 's3:List*', 's3:Describe*', 's3-object-lambda:Get*', 's3-object-lambda:List*'], '*'),
    ),
  ],
  [
    'service-role/AWSLambdaBasicExecutionRole',
    'v1',
    policy(allow(['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'], '*')),
  ],
  [
    'AmazonSSMManagedInstanceCore',
    'v2',
    policy(
      allow(['ssm:DescribeAssociation', 'ssm:GetDocument', 'ssm:GetParameters', 'ssm:PutInventory'], '*'),
      allow(['ssmmessages:CreateControlChannel', 'ssmmessages:OpenDataChannel'], '*'),
    ),
  ],
];

/** The ARN of one of AWS's managed policies, by name (with its path, if it has one). */
export function awsPolicyArn(name: string): string {
  return `arn:aws:iam::aws:policy/${name}`;
}

/** Stand-ins for AWS's managed policies, by ARN, of AWS's sizes. */
export const AWS_MANAGED_POLICIES: ManagedPolicies = new Map(
  DOCUMENTS.map(([name, version, document]) => [
    awsPolicyArn(name),
    { arn: awsPolicyArn(name), version, document },
  ]),
);
