/** The access levels of formats.md section 3: holding a level means holding any of its actions. */
export const ACCESS_LEVELS = {
  list: ['s3:ListBucket', 's3:ListBucketVersions', 's3:ListBucketMultipartUploads'],
  read: ['s3:GetObject', 's3:GetObjectVersion'],
  write: ['s3:PutObject'],
  delete: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
  tagging: ['s3:PutObjectTagging', 's3:PutBucketTagging', 's3:TagResource'],
  permissions: [
    's3:PutBucketPolicy',
    's3:DeleteBucketPolicy',
    's3:PutBucketAcl',
    's3:PutObjectAcl',
    's3:PutBucketPublicAccessBlock',
    's3:PutBucketOwnershipControls',
    's3:PutEncryptionConfiguration',
  ],
} as const satisfies Record<string, readonly string[]>;

/** One of the access levels: `list`, `read`, `write`, `delete`, `tagging`, `permissions`. */
export type AccessLevel = keyof typeof ACCESS_LEVELS;

/** Is this text the name of an access level? */
export function isAccessLevel(text: string): text is AccessLevel {
  return Object.hasOwn(ACCESS_LEVELS, text);
}
