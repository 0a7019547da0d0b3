import { type ExplainRequest } from '@denyscope/model';
import { UsageError } from './failure.ts';

type Context = NonNullable<ExplainRequest['context']>;

/** What `explain` was asked on the command line. */
export interface ExplainOptions {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly via?: string;
  readonly context?: readonly string[];
}

/** Reads the options of `explain` into a request. */
export function requestOf({ principal, action, resource, via, context }: ExplainOptions): ExplainRequest {
  return {
    principal,
    action,
    resource,
    ...(via === undefined ? {} : { via }),
    ...(context === undefined ? {} : { context: parseContext(context) }),
  };
}

/**
 * Reads `--context` options: `key=value,value2` closes the key with its values, a key that comes again adds more, `key=`
 * is one empty value (as `s3:prefix=` is), `\,` is a comma in a value, and `!key` closes the key as absent.
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

function keyOf(text: string, option: string): string {
  if (/^[a-z0-9-]+:[^\s=]+$/i.test(text)) return text;
  throw new UsageError(`--context \`${option}\`: expected a condition key such as aws:SourceIp`);
}

/** At every comma that has no backslash before it. */
function splitValues(text: string): string[] {
  return text.split(/(?<!\\),/).map((value) => value.replaceAll('\\,', ','));
}
