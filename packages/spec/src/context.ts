import { glob, literal, type Pattern } from './pattern.ts';

/** The closed context of one request: a key that is not here is absent (formats.md section 2). */
export interface Context {
  readonly values: Readonly<Record<string, readonly string[]>>;
  readonly multiValued: readonly string[];
}

/** A.7: key names are compared without case. A.9: a key without values is absent. */
export function valuesOf(context: Context, key: string): readonly string[] | undefined {
  const found = Object.entries(context.values).find(([name]) => sameName(name, key));
  return found === undefined || found[1].length === 0 ? undefined : found[1];
}

export function isMultiValued(context: Context, key: string): boolean {
  return context.multiValued.some((name) => sameName(name, key));
}

function sameName(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

/** How a text of a policy is read: with its variables (A.6: only Version 2012-10-17 has them) or as it stands. */
export interface Reading {
  readonly context: Context;
  readonly variables: boolean;
}

/** A.6: the text with its variables filled in; undefined where one has no value. Filled-in text is literal. */
export function expand(text: string, reading: Reading, wildcards: boolean): Pattern | undefined {
  const plain = wildcards ? glob : literal;
  if (!reading.variables) return plain(text);
  const pieces = text.split(/(\$\{[^}]*\})/).map((piece) => {
    const name = /^\$\{([^}]*)\}$/.exec(piece)?.[1];
    if (name === undefined) return plain(piece);
    const value = variable(name, reading.context);
    return value === undefined ? undefined : literal(value);
  });
  return pieces.every((piece) => piece !== undefined) ? pieces.flat() : undefined;
}

/** A.6: `${*}`, `${?}` and `${$}` are those characters; `${key, 'default'}`; only single-valued keys can be used. */
function variable(name: string, context: Context): string | undefined {
  if (name === '*' || name === '?' || name === '$') return name;
  const [, key = name, fallback] = /^(.*?), '(.*)'$/s.exec(name) ?? [];
  const values = isMultiValued(context, key) ? undefined : valuesOf(context, key);
  return values?.[0] ?? fallback;
}
