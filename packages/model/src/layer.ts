/** The layers in the fixed order in which answers list them (formats.md section 3). */
export const LAYERS = [
  'account-state',
  'scp',
  'rcp',
  'identity',
  'boundary',
  'session',
  'bucket-policy',
  'access-point',
  'acl',
  'ownership',
  'block-public-access',
  'vpc-endpoint',
  'requester-pays',
  'object-lock',
  'sse-c-block',
  'bucket-abac',
  'kms-key-policy',
  'kms-identity',
  'kms-grant',
  'kms-key-state',
  'role-trust',
] as const;

/** One kind of policy or gate that can refuse a request. */
export type Layer = (typeof LAYERS)[number];

/** The call to S3 itself, or the call to KMS that S3 makes for the caller. */
export type Leg = 's3' | 'kms';

export const VERDICTS = ['allowed', 'conditional', 'denied', 'unknown'] as const;

/** `unknown` is what rests on something that could not be read: it is never rounded to allow or deny. */
export type Verdict = (typeof VERDICTS)[number];
