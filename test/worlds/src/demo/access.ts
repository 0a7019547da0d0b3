/** The policies that the demo's principals carry. */
import { bucketAndObjects, bucketArn, objectsArn } from '../build/arn.ts';
import type { Inline } from '../build/iam.ts';
import { allow, policy, type Statement } from '../build/policy.ts';

export const LIST = ['s3:ListBucket', 's3:GetBucketLocation'] as const;
export const READ = ['s3:GetObject', 's3:GetObjectVersion'] as const;

/** Reading and listing one bucket. */
export function readStatements(bucket: string): readonly Statement[] {
  return [allow(LIST, bucketArn(bucket)), allow(READ, objectsArn(bucket))];
}

/** An identity policy that reads one bucket, and may say more. */
export function reads(bucket: string, ...more: readonly Statement[]): Inline {
  return { [`read-${bucket}`.slice(0, 128)]: policy(...readStatements(bucket), ...more) };
}

/** An identity policy that reads and writes one bucket, and may say more. */
export function readsAndWrites(bucket: string, ...more: readonly Statement[]): Inline {
  const write = allow(['s3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'], objectsArn(bucket));
  return { [`write-${bucket}`.slice(0, 128)]: policy(...readStatements(bucket), write, ...more) };
}

/** What an identity policy says of a key, so that S3 can use it for its bearer. */
export function usesKey(keyArn: string): Statement {
  return allow(['kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'], keyArn);
}

/** A statement of a bucket policy that lets somebody read and list. */
export function letsRead(bucket: string, ...principals: readonly string[]): Statement {
  return allow(['s3:GetObject', 's3:ListBucket'], bucketAndObjects(bucket), {
    Sid: 'AllowRead',
    Principal: { AWS: principals },
  });
}
