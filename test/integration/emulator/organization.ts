import { CreateVpcCommand, CreateVpcEndpointCommand } from '@aws-sdk/client-ec2';
import { CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateKeyCommand, PutKeyPolicyCommand } from '@aws-sdk/client-kms';
import {
  AttachPolicyCommand,
  CreateAccountCommand,
  CreateOrganizationalUnitCommand,
  CreateOrganizationCommand,
  CreatePolicyCommand,
  EnablePolicyTypeCommand,
  ListRootsCommand,
  MoveAccountCommand,
} from '@aws-sdk/client-organizations';
import {
  CreateBucketCommand,
  PutBucketEncryptionCommand,
  PutBucketPolicyCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import { CreateAccessPointCommand } from '@aws-sdk/client-s3-control';
import { type Clients, assumed, clientsOf } from '../fake-aws-clients.ts';
import { type Emulator } from './server.ts';

/** The emulator takes any access key for its one account, which becomes the management account. */
export const OPERATOR = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'any' };
export const REGION = 'eu-west-1';
export const BUCKET = 'harvest-archive';

/** What a test asks about. */
export interface Organization {
  readonly managementId: string;
  /** Owns the bucket and its key. */
  readonly storageId: string;
  /** Has the role `reader`. */
  readonly analysisId: string;
  readonly readerArn: string;
  readonly guardrailId: string;
}

/** Makes an organization as its administrator would, by the calls of the real SDK. */
export async function makeOrganization(emulator: Emulator): Promise<Organization> {
  const own = clientsOf(emulator, { credentials: OPERATOR, region: REGION });
  const tree = await makeTree(own);
  const storage = await enter(emulator, tree.storageId);
  const analysis = await enter(emulator, tree.analysisId);
  const readerArn = await makeReader(analysis);
  await makeBucket(storage, { ...tree, readerArn });
  await makeNetwork(analysis);
  return { ...tree, readerArn };
}

async function enter(emulator: Emulator, accountId: string): Promise<Clients> {
  const role = { roleName: 'OrganizationAccountAccessRole', as: OPERATOR };
  return clientsOf(emulator, { credentials: await assumed(emulator, accountId, role), region: REGION });
}

type Tree = Omit<Organization, 'readerArn'>;

async function makeTree({ organizations }: Clients): Promise<Tree> {
  const made = await organizations.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
  const rootId = told((await organizations.send(new ListRootsCommand({}))).Roots?.[0]?.Id);
  const PolicyType = 'SERVICE_CONTROL_POLICY';
  await organizations.send(new EnablePolicyTypeCommand({ RootId: rootId, PolicyType }));
  const unit = await organizations.send(
    new CreateOrganizationalUnitCommand({ ParentId: rootId, Name: 'workloads' }),
  );
  const unitId = told(unit.OrganizationalUnit?.Id);
  const account = async (name: string): Promise<string> => {
    const command = new CreateAccountCommand({ AccountName: name, Email: `${name}@example.com` });
    const id = told((await organizations.send(command)).CreateAccountStatus?.AccountId);
    const move = { AccountId: id, SourceParentId: rootId, DestinationParentId: unitId };
    await organizations.send(new MoveAccountCommand(move));
    return id;
  };
  const policy = await organizations.send(
    new CreatePolicyCommand({
      Name: 'no-deletion',
      Description: 'keeps objects',
      Type: PolicyType,
      Content: JSON.stringify(NO_DELETION),
    }),
  );
  const guardrailId = told(policy.Policy?.PolicySummary?.Id);
  await organizations.send(new AttachPolicyCommand({ PolicyId: guardrailId, TargetId: unitId }));
  const storageId = await account('storage');
  const analysisId = await account('analysis');
  return { managementId: told(made.Organization?.MasterAccountId), storageId, analysisId, guardrailId };
}

const NO_DELETION = {
  Version: '2012-10-17',
  Statement: [{ Sid: 'KeepObjects', Effect: 'Deny', Action: 's3:DeleteObject', Resource: '*' }],
};

async function makeReader({ iam }: Clients): Promise<string> {
  const trust = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  };
  const { Role } = await iam.send(
    new CreateRoleCommand({ RoleName: 'reader', AssumeRolePolicyDocument: JSON.stringify(trust) }),
  );
  const allowed = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: ['s3:*', 'kms:Decrypt'], Resource: '*' }],
  };
  await iam.send(
    new PutRolePolicyCommand({
      RoleName: 'reader',
      PolicyName: 'everything',
      PolicyDocument: JSON.stringify(allowed),
    }),
  );
  return told(Role?.Arn);
}

type Shared = Pick<Organization, 'storageId' | 'analysisId' | 'readerArn'>;

/** A bucket under a customer managed key, both shared with the reader. */
async function makeBucket({ s3, s3Control, kms }: Clients, shared: Shared): Promise<void> {
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Description: 'harvest' }));
  const KeyId = told(KeyMetadata?.Arn);
  const keyPolicy = policyFor(shared, ['kms:Decrypt', 'kms:DescribeKey'], '*');
  await kms.send(
    new PutKeyPolicyCommand({ KeyId, PolicyName: 'default', Policy: JSON.stringify(keyPolicy) }),
  );
  const Bucket = BUCKET;
  const CreateBucketConfiguration = { LocationConstraint: REGION } as const;
  await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
  const objects = `arn:aws:s3:::${BUCKET}/*`;
  const policy = policyFor(shared, ['s3:GetObject', 's3:DeleteObject'], objects);
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify(policy) }));
  await s3.send(
    new PutPublicAccessBlockCommand({
      Bucket,
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, IgnorePublicAcls: true },
    }),
  );
  const ApplyServerSideEncryptionByDefault = { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: KeyId } as const;
  await s3.send(
    new PutBucketEncryptionCommand({
      Bucket,
      ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault }] },
    }),
  );
  await s3Control.send(
    new CreateAccessPointCommand({ AccountId: shared.storageId, Name: 'harvest', Bucket }),
  );
}

function policyFor({ storageId, readerArn }: Shared, actions: readonly string[], resource: string): object {
  const owner = { AWS: `arn:aws:iam::${storageId}:root` };
  return {
    Version: '2012-10-17',
    Statement: [
      { Sid: 'Owner', Effect: 'Allow', Principal: owner, Action: actions, Resource: resource },
      { Sid: 'Reader', Effect: 'Allow', Principal: { AWS: readerArn }, Action: actions, Resource: resource },
    ],
  };
}

async function makeNetwork({ ec2 }: Clients): Promise<void> {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.20.0.0/16' }));
  await ec2.send(
    new CreateVpcEndpointCommand({ VpcId: told(Vpc?.VpcId), ServiceName: `com.amazonaws.${REGION}.s3` }),
  );
}

function told(value: string | undefined): string {
  if (value === undefined) throw new Error('the emulator left out what it must tell');
  return value;
}
