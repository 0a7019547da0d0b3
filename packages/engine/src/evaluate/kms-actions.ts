/** What S3 asks of KMS for an action on an object under SSE-KMS: the rows of semantics.md D.3. */
const KMS_ACTIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ['s3:getobject', ['kms:Decrypt']],
  ['s3:getobjectversion', ['kms:Decrypt']],
  // I.3: S3's own page names Decrypt; the API's page was written for directory buckets.
  ['s3:getobjectattributes', ['kms:Decrypt']],
  ['s3:getobjectversionattributes', ['kms:Decrypt']],
  ['s3:listmultipartuploadparts', ['kms:Decrypt']],
  ['s3:putobject', ['kms:GenerateDataKey']],
  ['s3:getobjectversionforreplication', ['kms:Decrypt']],
  // I.3: what the pages call Encrypt is GenerateDataKey.
  ['s3:replicateobject', ['kms:GenerateDataKey']],
]);

/** I.3: the parts of a multipart upload need both. */
const MULTIPART: readonly string[] = ['kms:GenerateDataKey', 'kms:Decrypt'];

/** The KMS actions that the S3 action leads to where the object is under SSE-KMS. */
export function kmsActionsFor(action: string, operation: 'multipart' | undefined): readonly string[] {
  const name = action.toLowerCase();
  return name === 's3:putobject' && operation === 'multipart' ? MULTIPART : (KMS_ACTIONS.get(name) ?? []);
}

/** Does the action make an object, whose encryption the request or the bucket's default decides? */
export function writesObject(action: string): boolean {
  return /^s3:(put|replicate)object$/i.test(action);
}
