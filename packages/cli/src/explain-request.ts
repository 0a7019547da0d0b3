import { type ExplainRequest, parseAccountId } from '@denyscope/model';
import { UsageError } from './failure.ts';

type Context = NonNullable<ExplainRequest['context']>;
type Via = NonNullable<ExplainRequest['via']>;
type SessionPolicies = NonNullable<ExplainRequest['sessionPolicies']>;

/** What `explain` was asked on the command line; files are read already. */
export interface ExplainOptions {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly via?: readonly string[];
  readonly context?: readonly string[];
  readonly sessionPolicies?: SessionPolicies;
  readonly objectOwner?: string;
  readonly objectKey?: string;
  readonly multipart?: true;
}

/**
 * Reads the options of `explain` into a request.
 *
 * @throws UsageError
 */
export function requestOf(options: ExplainOptions): ExplainRequest {
  const { principal, action, resource, via, context, sessionPolicies, multipart } = options;
  const object = objectOf(options);
  return {
    principal,
    action,
    resource,
    ...(via === undefined ? {} : { via: viaOf(via) }),
    ...(context === undefined ? {} : { context: parseContext(context) }),
    ...(multipart === undefined ? {} : { operation: 'multipart' as const }),
    ...(object === undefined ? {} : { object }),
    ...(sessionPolicies === undefined ? {} : { sessionPolicies }),
  };
}

function objectOf({ objectOwner, objectKey }: ExplainOptions): ExplainRequest['object'] {
  if (objectOwner === undefined && objectKey === undefined) return undefined;
  if (
    objectOwner !== undefined &&
    parseAccountId(objectOwner) === undefined &&
    !/^[0-9a-f]{64}$/.test(objectOwner)
  ) {
    throw new UsageError(`--object-owner \`${objectOwner}\`: expected an account id or a canonical user id`);
  }
  return {
    ...(objectOwner === undefined ? {} : { owner: objectOwner }),
    ...(objectKey === undefined ? {} : { encryption: encryptionOf(objectKey) }),
  };
}

function encryptionOf(key: string): NonNullable<NonNullable<ExplainRequest['object']>['encryption']> {
  if (key === 'AES256') return { SSEAlgorithm: 'AES256' };
  if (/^arn:[^:]*:kms:/.test(key)) return { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key };
  throw new UsageError(`--object-key \`${key}\`: expected the ARN of a KMS key, or AES256`);
}

/** The parts of a path, by what they look like. */
const VIA_FORMS: readonly (readonly [
  part: 'endpoint' | 'accessPoint' | 'sourceIp' | 'service',
  form: RegExp,
])[] = [
  ['endpoint', /^vpce-/],
  ['accessPoint', /^arn:/],
  ['service', /\.amazonaws\.com(\.cn)?$/],
  ['sourceIp', /^(\d+\.\d+\.\d+\.\d+|[0-9a-f]*:[0-9a-f:.]*)$/i],
];

/**
 * Reads `--via` options, which together say how the request comes: `internet`, a VPC endpoint, the ARN of an access
 * point, an address, a service.
 *
 * @throws UsageError
 */
function viaOf(options: readonly string[]): Via {
  const [first, ...others] = options;
  if (first !== undefined && others.length === 0 && /^(internet$|vpce-|arn:)/.test(first)) return first;
  const parts = new Map<string, string | true>();
  for (const option of options) {
    const part = option === 'internet' ? 'internet' : VIA_FORMS.find(([, form]) => form.test(option))?.[0];
    if (part === undefined) {
      throw new UsageError(
        `--via \`${option}\`: expected internet, a VPC endpoint (vpce-…), the ARN of an access point, an address, or a service`,
      );
    }
    if (parts.has(part)) throw new UsageError(`--via \`${option}\`: the path already has one`);
    parts.set(part, part === 'internet' ? true : option);
  }
  return Object.fromEntries(parts);
}

/**
 * Reads `--context` options: `key=value,value2` closes the key with its values, a key that comes again adds more, `key=`
 * is one empty value (as `s3:prefix=` is), `\,` is a comma in a value, and `!key` closes the key as absent. A key that
 * begins with `kms ` is one of the call that S3 makes to KMS, as a witness prints it.
 *
 * @throws UsageError
 */
export function parseContext(options: readonly string[]): Context {
  const keys = new Map<string, { readonly name: string; readonly values: string[] | null }>();
  for (const option of options) {
    const { name, values } = parseOne(option);
    // Condition keys are case-insensitive.
    const known = keys.get(name.toLowerCase());
    if (known !== undefined && (known.values === null) !== (values === null)) {
      throw new UsageError(`--context \`${option}\`: the key is given a value and closed as absent`);
    }
    const both = values === null ? null : [...(known?.values ?? []), ...values];
    keys.set(name.toLowerCase(), { name: known?.name ?? name, values: both });
  }
  return Object.fromEntries([...keys.values()].map(({ name, values }) => [name, values]));
}

function parseOne(option: string): { readonly name: string; readonly values: string[] | null } {
  if (option.startsWith('!')) return { name: keyOf(option.slice(1), option), values: null };
  const equals = option.indexOf('=');
  if (equals < 0)
    throw new UsageError(`--context \`${option}\`: expected key=value, or !key for one that is absent`);
  return { name: keyOf(option.slice(0, equals), option), values: splitValues(option.slice(equals + 1)) };
}

/** A condition key, whose call to KMS may be meant, or a request header that no policy can test. */
const KEY_FORM = /^((kms )?[a-z0-9-]+:[^\s=]+|x-amz-[a-z0-9-]+)$/i;

/** What is no condition key, and where it is said. */
const SAID_ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ['key', 'name the object in --resource'],
  ['object key', 'name the object in --resource'],
  ['session-name', 'name the session in --principal, by its ARN (arn:aws:sts::…:assumed-role/ROLE/SESSION)'],
  ['session name', 'name the session in --principal, by its ARN (arn:aws:sts::…:assumed-role/ROLE/SESSION)'],
]);

function keyOf(text: string, option: string): string {
  if (KEY_FORM.test(text)) return text;
  const elsewhere = SAID_ELSEWHERE.get(text);
  throw new UsageError(
    `--context \`${option}\`: ${elsewhere ?? 'expected a condition key such as aws:SourceIp'}`,
  );
}

/** At every comma that has no backslash before it. */
function splitValues(text: string): string[] {
  return text.split(/(?<!\\),/).map((value) => value.replaceAll('\\,', ','));
}
