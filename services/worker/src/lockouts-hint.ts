import { type Layer } from '@denyscope/model';

/** What AWS's own message says of a denial. */
export interface Hint {
  /** What AWS calls the policy that denied: `service control policy`. */
  readonly name: string;
  readonly layers: ReadonlySet<Layer>;
  /** An explicit Deny, a missing Allow, or either. */
  readonly explicit: boolean | undefined;
  /** The ARN of the policy, where the message has one. */
  readonly policy: string | undefined;
}

type Row = readonly [name: string, pattern: RegExp, layers: readonly Layer[]];

const RESOURCE: readonly Layer[] = ['bucket-policy', 'access-point', 'kms-key-policy', 'block-public-access'];

// AWS: semantics.md F, the types of policy that a message may name.
const ROWS: readonly Row[] = [
  ['service control policy', /service control polic/, ['scp']],
  ['resource control policy', /resource control polic/, ['rcp']],
  ['permissions boundary', /permissions boundar/, ['boundary']],
  ['session policy', /session polic/, ['session']],
  ['VPC endpoint policy', /VPC endpoint polic/, ['vpc-endpoint']],
  ['role trust policy', /role trust polic/, ['role-trust']],
  ['resource-based policy', /resource-based polic/, RESOURCE],
  ['identity-based policy', /identity-based polic/, ['identity', 'kms-identity']],
];

/** Reads the message of a denial; undefined where it does not name the kind of policy (semantics.md F). */
export function hintOf(message: string): Hint | undefined {
  const text = message.replaceAll(/\s+/g, ' ');
  const context = /(?:with an explicit deny in|because) .*$/.exec(text)?.[0];
  if (context === undefined) return undefined;
  const row = ROWS.find(([, pattern]) => pattern.test(context));
  if (row === undefined) return undefined;
  const [name, , layers] = row;
  const policy = /\barn:\S+:policy\/[^\s"]+/.exec(context)?.[0];
  return { name, layers: new Set(layers), explicit: isExplicit(context), policy };
}

/** KMS says both of a key in another account: then nobody knows which. */
function isExplicit(context: string): boolean | undefined {
  const denies = context.includes('explicit deny') || context.includes('explicitly denies');
  const lacks = /\bno [\w -]+ (?:policy|policies|boundary|boundaries) allow/.test(context);
  return denies === lacks ? undefined : denies;
}

/** Who was refused, by the message (semantics.md F). */
export function refusedCaller(message: string): string | undefined {
  return /User: (arn:\S+) is not authorized to perform/.exec(message)?.[1];
}
