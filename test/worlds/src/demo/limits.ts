/** What limits a grant that is there: Block Public Access, guardrails, boundaries. And one bucket that nothing limits. */
import { objectsArn, policyArn, roleArn } from '../build/arn.ts';
import { accountPublicAccessBlock, bucket } from '../build/bucket.ts';
import { customerPolicy, role } from '../build/iam.ts';
import { allow, deny, policy, type Document } from '../build/policy.ts';
import { awsPolicyArn } from '../managed/catalogue.ts';
import { letsRead, reads } from './access.ts';
import { ACCOUNTS } from './organization.ts';
import { story, type Theme } from './story.ts';

const { development, payments, sandbox, web } = ACCOUNTS;

const CAREERS = 'example-careers-site-public';
const PRESS = 'example-press-kit-public-taint';
const OPEN = 'example-sandbox-open-to-the-world';
const FRANKFURT = 'example-payments-dr-frankfurt';
const ARTIFACTS = 'example-dev-build-artifacts';
const STEWARD = 'example-dev-archive-notprincipal';

const pressAgency = roleArn(development, 'press-agency-sync');
const deployer = roleArn(development, '/ci/ci-deployer');
const steward = roleArn(development, 'archive-steward');

const anyoneReads = (name: string) =>
  allow('s3:GetObject', objectsArn(name), { Sid: 'PublicRead', Principal: '*' });

/** The boundary that every role of Development's pipelines carries; S3 was forgotten. */
const developerBoundary: Document = policy(
  allow(
    ['ec2:*', 'ecs:*', 'ecr:*', 'logs:*', 'cloudwatch:*', 'lambda:*', 'ssm:Get*', 'sts:AssumeRole'],
    '*',
    {
      Sid: 'DevelopersMay',
    },
  ),
);

/** AWS: a Deny with NotPrincipal denies every principal that has a boundary (semantics.md A.3, G5). */
const allButTheSteward: Document = policy({
  Sid: 'OnlyTheSteward',
  Effect: 'Deny',
  NotPrincipal: {
    AWS: [
      `arn:aws:iam::${development}:root`,
      steward,
      `arn:aws:sts::${development}:assumed-role/archive-steward/nightly`,
    ],
  },
  Action: 's3:GetObject',
  Resource: objectsArn(STEWARD),
});

export const LIMITS: Theme = {
  lines: [
    ...Object.values(ACCOUNTS)
      .filter((id) => id !== ACCOUNTS.northwind && id !== ACCOUNTS.legacy)
      .map((id) => accountPublicAccessBlock(id, id === sandbox ? undefined : true)),
    bucket(web, CAREERS, {
      policy: policy(anyoneReads(CAREERS)),
      policyIsPublic: true,
      publicAccess: 'none',
    }),
    bucket(web, PRESS, {
      policy: policy(anyoneReads(PRESS), letsRead(PRESS, pressAgency)),
      policyIsPublic: true,
      publicAccess: 'none',
    }),
    role(development, 'press-agency-sync', { inline: reads(PRESS) }),
    bucket(sandbox, OPEN, { policy: policy(anyoneReads(OPEN)), policyIsPublic: true, publicAccess: 'open' }),
    bucket(payments, FRANKFURT, { region: 'eu-central-1', versioning: 'Enabled' }),
    role(payments, 'payments-dr-restore', { inline: reads(FRANKFURT) }),
    bucket(development, ARTIFACTS),
    customerPolicy(development, '/boundaries/developer-boundary', developerBoundary),
    role(development, '/ci/ci-deployer', {
      attached: [awsPolicyArn('AmazonS3FullAccess')],
      boundary: policyArn(development, '/boundaries/developer-boundary'),
    }),
    bucket(development, STEWARD, { policy: allButTheSteward }),
    customerPolicy(development, 'archive-boundary', policy(allow('s3:*', '*'), deny('s3:DeleteBucket', '*'))),
    role(development, 'archive-steward', {
      inline: reads(STEWARD),
      boundary: policyArn(development, 'archive-boundary'),
    }),
  ],
  stories: [
    story({
      id: 'public-under-bpa',
      title:
        'The careers site is public by policy; the account’s Block Public Access refuses everyone outside.',
      bucket: CAREERS,
      principal: 'anonymous',
      expected: 'denied',
      blockers: ['block-public-access'],
    }),
    story({
      id: 'public-taints-cross-account',
      title: 'One public statement in the press kit’s policy cuts off the partner that it names, too.',
      bucket: PRESS,
      principal: pressAgency,
      expected: 'denied',
      blockers: ['block-public-access'],
    }),
    story({
      id: 'public-open',
      title: 'The sandbox has no Block Public Access: this bucket is open to the world.',
      bucket: OPEN,
      principal: 'anonymous',
      expected: 'allowed',
    }),
    story({
      id: 'scp-region',
      title: 'The disaster recovery bucket is in Frankfurt, which the Region guardrail does not list.',
      bucket: FRANKFURT,
      principal: roleArn(payments, 'payments-dr-restore'),
      expected: 'denied',
      blockers: ['scp'],
    }),
    story({
      id: 'boundary-forgot-s3',
      title: 'The pipeline role has AmazonS3FullAccess; its permissions boundary forgot S3.',
      bucket: ARTIFACTS,
      principal: deployer,
      expected: 'denied',
      blockers: ['boundary'],
    }),
    story({
      id: 'notprincipal-boundary',
      title: 'The steward is excepted by NotPrincipal, and denied all the same: it has a boundary.',
      bucket: STEWARD,
      principal: steward,
      expected: 'denied',
      blockers: ['bucket-policy'],
    }),
  ],
};
