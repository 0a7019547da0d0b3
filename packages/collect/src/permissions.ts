import { requiredActions, type Purpose } from './describe-reads.ts';

/** The role's name where nobody chooses another. */
export const DEFAULT_ROLE_NAME = 'DenyscopeScanner';

interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: string | readonly string[];
  readonly Resource: string;
}

function policyOf(...statements: readonly Statement[]): object {
  return { Version: '2012-10-17', Statement: statements };
}

/** The reads of a purpose: most of them know no narrower resource, and all are reads (semantics.md H.1). */
function readsStatement(purpose: Purpose): Statement {
  const Sid = purpose === 'organization' ? 'ReadTheOrganization' : 'ReadWhatDecidesAccess';
  return { Sid, Effect: 'Allow', Action: requiredActions(purpose), Resource: '*' };
}

/**
 * The session policy under which a scan enters an account: its role may allow more, the session never does
 * (semantics.md H.5). JSON text without white space; AWS takes at most 2,048 characters.
 */
export function sessionPolicy(): string {
  const { Effect, Action, Resource } = readsStatement('account');
  return JSON.stringify(policyOf({ Sid: 'Scan', Effect, Action, Resource }));
}

/** What the scanner's own role needs: to read the organization, and to enter the role of every account. */
export function scannerPolicy(roleName = DEFAULT_ROLE_NAME): string {
  const enter: Statement = {
    Sid: 'EnterTheRoleOfEveryAccount',
    Effect: 'Allow',
    Action: 'sts:AssumeRole',
    Resource: `arn:aws:iam::*:role/${roleName}`,
  };
  return pretty(policyOf(readsStatement('organization'), enter));
}

/**
 * What a delegated administrator needs besides: the Organizations resource-based policy of the management account
 * (semantics.md H.5, O-DEL). `ACCOUNT_ID` stands for the account that the scanner runs in.
 */
export function delegationPolicy(): string {
  const { Effect, Action, Resource } = readsStatement('organization');
  const Principal = { AWS: 'arn:aws:iam::ACCOUNT_ID:root' };
  return pretty({
    Version: '2012-10-17',
    Statement: [{ Sid: 'LetTheScannerReadTheOrganization', Effect, Principal, Action, Resource }],
  });
}

/** The role of one account as a CloudFormation template, for a StackSet: trust, external id, reads, nothing else. */
export function memberRoleTemplate(): string {
  const trust = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: { Ref: 'ScannerRoleArn' } },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': { Ref: 'ExternalId' } } },
      },
    ],
  };
  const role = {
    RoleName: { Ref: 'RoleName' },
    Description: 'Read by Denyscope: policies and settings, never data',
    MaxSessionDuration: 3600,
    AssumeRolePolicyDocument: trust,
    Policies: [{ PolicyName: 'denyscope-reads', PolicyDocument: policyOf(readsStatement('account')) }],
  };
  return pretty({
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'The role through which Denyscope reads one account. Generated; see packages/collect.',
    Parameters: PARAMETERS,
    Resources: { ScannerRole: { Type: 'AWS::IAM::Role', Properties: role } },
    Outputs: { RoleArn: { Value: { 'Fn::GetAtt': ['ScannerRole', 'Arn'] } } },
  });
}

const PARAMETERS = {
  ScannerRoleArn: {
    Type: 'String',
    Description: 'The role that the scanner itself runs as',
    AllowedPattern: 'arn:aws[a-z-]*:iam::[0-9]{12}:role/.+',
  },
  ExternalId: {
    Type: 'String',
    Description: 'What the scanner must name to be let in; make it up at random, once for the organization',
    NoEcho: true,
    MinLength: 16,
    MaxLength: 1224,
    AllowedPattern: '[A-Za-z0-9+=,.@:/-]+',
  },
  RoleName: { Type: 'String', Default: DEFAULT_ROLE_NAME, AllowedPattern: '[A-Za-z0-9+=,.@_-]{1,64}' },
} as const;

/** The same role for Terraform. */
export function memberRoleTerraform(): string {
  const actions = requiredActions('account').map((action) => `      "${action}",`);
  return TERRAFORM.replace('ACTIONS', actions.join('\n'));
}

const TERRAFORM = `# The role through which Denyscope reads one account: policies and settings, never data.
# Generated from the table of reads in packages/collect; \`npm run permissions\` writes it anew.

variable "scanner_role_arn" {
  description = "The role that the scanner itself runs as"
  type        = string
}

variable "external_id" {
  description = "What the scanner must name to be let in; make it up at random, once for the organization"
  type        = string
  sensitive   = true
  validation {
    condition     = length(var.external_id) >= 16
    error_message = "An external id of fewer than 16 characters is easily guessed."
  }
}

variable "role_name" {
  type    = string
  default = "${DEFAULT_ROLE_NAME}"
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = [var.scanner_role_arn]
    }
    condition {
      test     = "StringEquals"
      variable = "sts:ExternalId"
      values   = [var.external_id]
    }
  }
}

data "aws_iam_policy_document" "reads" {
  statement {
    sid       = "ReadWhatDecidesAccess"
    resources = ["*"]
    actions = [
ACTIONS
    ]
  }
}

resource "aws_iam_role" "scanner" {
  name                 = var.role_name
  description          = "Read by Denyscope: policies and settings, never data"
  max_session_duration = 3600
  assume_role_policy   = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy" "reads" {
  name   = "denyscope-reads"
  role   = aws_iam_role.scanner.id
  policy = data.aws_iam_policy_document.reads.json
}

output "role_arn" {
  value = aws_iam_role.scanner.arn
}
`;

function pretty(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Every file of deploy/aws that is generated, by name. */
export function permissionFiles(): ReadonlyMap<string, string> {
  return new Map([
    ['member-role.json', memberRoleTemplate()],
    ['member-role.tf', memberRoleTerraform()],
    ['scanner-policy.json', scannerPolicy()],
    ['organization-delegation.json', delegationPolicy()],
  ]);
}
