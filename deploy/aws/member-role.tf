# The role through which Denyscope reads one account: policies and settings, never data.
# Generated from the table of reads in packages/collect; `npm run permissions` writes it anew.

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
  default = "DenyscopeScanner"
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
      "cloudtrail:DescribeTrails",
      "cloudtrail:GetEventSelectors",
      "cloudtrail:GetTrailStatus",
      "ec2:DescribeNatGateways",
      "ec2:DescribeRegions",
      "ec2:DescribeRouteTables",
      "ec2:DescribeVpcEndpoints",
      "ec2:DescribeVpcs",
      "iam:GetAccountAuthorizationDetails",
      "iam:ListOpenIDConnectProviders",
      "iam:ListSAMLProviders",
      "kms:DescribeKey",
      "kms:GetKeyPolicy",
      "kms:ListAliases",
      "kms:ListGrants",
      "kms:ListKeys",
      "kms:ListResourceTags",
      "s3:GetAccessPoint",
      "s3:GetAccessPointPolicy",
      "s3:GetAccessPointPolicyStatus",
      "s3:GetAccountPublicAccessBlock",
      "s3:GetBucketAbac",
      "s3:GetBucketAcl",
      "s3:GetBucketLocation",
      "s3:GetBucketLogging",
      "s3:GetBucketObjectLockConfiguration",
      "s3:GetBucketOwnershipControls",
      "s3:GetBucketPolicy",
      "s3:GetBucketPolicyStatus",
      "s3:GetBucketPublicAccessBlock",
      "s3:GetBucketRequestPayment",
      "s3:GetBucketTagging",
      "s3:GetBucketVersioning",
      "s3:GetBucketWebsite",
      "s3:GetEncryptionConfiguration",
      "s3:GetMultiRegionAccessPointPolicy",
      "s3:GetMultiRegionAccessPointPolicyStatus",
      "s3:GetReplicationConfiguration",
      "s3:ListAccessPoints",
      "s3:ListAllMyBuckets",
      "s3:ListMultiRegionAccessPoints",
      "s3:ListTagsForResource",
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
