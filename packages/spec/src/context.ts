import { isWhole, literal, type Pattern } from './pattern.ts';

/** The closed context of one request: a key that is not here is absent (formats.md section 2). */
export interface Context {
  readonly values: Readonly<Record<string, readonly string[]>>;
  readonly multiValued: readonly string[];
}

/** A.7: key names are compared without case. A.9: a key without values is absent. */
export function valuesOf(values: Context['values'], key: string): readonly string[] | undefined {
  const found = Object.entries(values).find(([name]) => name.toLowerCase() === key.toLowerCase());
  return found?.[1].length === 0 ? undefined : found?.[1];
}

/** C.12: aws:SecureTransport is false where the request does not come over TLS. */
export function isPlainHttp(values: Context['values']): boolean {
  return valuesOf(values, 'aws:SecureTransport')?.[0]?.toLowerCase() === 'false';
}

export function isMultiValued({ multiValued }: Context, key: string): boolean {
  return multiValued.some((name) => name.toLowerCase() === key.toLowerCase());
}

/** How a text of a policy is read: with its variables (A.6: only Version 2012-10-17 has them) or as it stands. */
export interface Reading {
  readonly context: Context;
  readonly variables: boolean;
}

/** A.6: the text with its variables filled in; undefined where one has no value. Filled-in text is literal. */
export function expand(text: string, reading: Reading, plain: typeof literal): Pattern | undefined {
  if (!reading.variables) return plain(text);
  const pieces = text.split(/(\$\{[^}]*\})/).map((piece) => {
    const name = /^\$\{([^}]*)\}$/.exec(piece)?.[1];
    if (name === undefined) return plain(piece);
    const value = variable(name, reading.context);
    return value === undefined ? undefined : literal(value);
  });
  return isWhole(pieces) ? pieces.flat() : undefined;
}

/** A.6: `${*}`, `${?}` and `${$}` are those characters; `${key, 'default'}`; only single-valued keys can be used. */
function variable(name: string, context: Context): string | undefined {
  if (name === '*' || name === '?' || name === '$') return name;
  const [, key = name, fallback] = /^(.*?), '(.*)'$/s.exec(name) ?? [];
  const values = isMultiValued(context, key) ? undefined : valuesOf(context.values, key);
  return values?.[0] ?? fallback;
}
