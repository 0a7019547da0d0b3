import type { Expression } from '@denyscope/model';

type Test = Extract<Expression, { readonly quantifier: string }>;
type Relation = Extract<Expression, { readonly relation: object }>['relation'];

/** A concrete request: the values of every key by `leg key`, the key in lower case; a key that is not there is absent. */
export type Point = ReadonlyMap<string, readonly string[]>;

export function placeOf(leg: 's3' | 'kms', key: string): string {
  return `${leg} ${key.toLowerCase()}`;
}

/**
 * Does the condition of an open decision hold at this point? Naive, by formats.md section 3, and apart from the
 * engine; undefined where that depends on a document that could not be read.
 */
export function holdsAt(expression: Expression, point: Point): boolean | undefined {
  if (typeof expression === 'boolean') return expression;
  if ('all' in expression) return every(expression.all.map((part) => holdsAt(part, point)));
  if ('any' in expression) return not(every(expression.any.map((part) => not(holdsAt(part, point)))));
  if ('not' in expression) return not(holdsAt(expression.not, point));
  if ('unreadable' in expression) return undefined;
  return 'relation' in expression ? relationHolds(expression.relation, point) : testHolds(expression, point);
}

function not(truth: boolean | undefined): boolean | undefined {
  return truth === undefined ? undefined : !truth;
}

function every(truths: readonly (boolean | undefined)[]): boolean | undefined {
  if (truths.includes(false)) return false;
  return truths.includes(undefined) ? undefined : true;
}

function testHolds({ leg, key, test, type, values, quantifier, negated }: Test, point: Point): boolean {
  const given = point.get(placeOf(leg, key)) ?? [];
  if (test === 'present') return given.length > 0;
  const kind = type === undefined ? test : `${type} ${test}`;
  const tokens = values.map((value) => {
    return quantifier === 'some'
      ? filledIn(value, { leg, point })
      : isPattern(test)
        ? patternOf(value)
        : plain(value);
  });
  const passes = (actual: string): boolean =>
    tokens.some((one) => one !== undefined && passesOne(kind, actual, one));
  if (quantifier === 'one') return given.length > 0 && passes(given[0] ?? '');
  return given.some((actual) => passes(actual) !== (negated ?? false));
}

function relationHolds({ left, operator, right, leg }: Relation, point: Point): boolean {
  const subject = filledIn(left, { leg, point });
  const wanted = filledIn(right, { leg, point });
  return subject !== undefined && wanted !== undefined && passesOne(operator, tokensText(subject), wanted);
}

interface Place {
  readonly leg: 's3' | 'kms';
  readonly point: Point;
}

function isPattern(test: string): boolean {
  return test === 'like' || test === 'arn-like';
}

function passesOne(test: string, actual: string, tokens: readonly Token[]): boolean {
  const text = tokensText(tokens);
  switch (test) {
    case 'equals':
      return actual === text;
    case 'equals-ignore-case':
    case 'bool':
      return actual.toLowerCase() === text.toLowerCase();
    case 'binary-equals':
      return Buffer.from(actual, 'base64').equals(Buffer.from(text, 'base64'));
    case 'like':
      return matches(tokens, [...actual]);
    case 'arn-like':
      return arnMatches(tokens, actual);
    case 'in':
      return inRange(actual, text);
    default:
      return ordered(test, actual, text);
  }
}

/** Does the whole text match the pattern of `*` and `?`? */
export function matchesPattern(pattern: string, text: string): boolean {
  return matches(patternOf(pattern), [...text]);
}

/** A character of a pattern: itself, or one of the two wildcards. */
interface Token {
  readonly char: string;
  readonly wild: boolean;
}

function plain(text: string): readonly Token[] {
  return [...text].map((char) => ({ char, wild: false }));
}

/** Wildcards, and `${*}`, `${?}` and `${$}` for those characters themselves. */
function patternOf(text: string): readonly Token[] {
  return text.split(/(\$\{[*?$]\})/).flatMap((piece): readonly Token[] => {
    const [, escaped] = /^\$\{([*?$])\}$/.exec(piece) ?? [];
    if (escaped !== undefined) return plain(escaped);
    return [...piece].map((char) => ({ char, wild: char === '*' || char === '?' }));
  });
}

/** A pattern with its variables filled in; undefined where one has no value. */
function filledIn(text: string, { leg, point }: Place): readonly Token[] | undefined {
  const pieces = text.split(/(\$\{[^}*?$]+\})/).map((piece): readonly Token[] | undefined => {
    const [, name] = /^\$\{([^}*?$]+)\}$/.exec(piece) ?? [];
    if (name === undefined) return patternOf(piece);
    const [, key = name, fallback] = /^(.*?), '(.*)'$/s.exec(name) ?? [];
    const value = valueOf(key, { leg, point }) ?? fallback;
    return value === undefined ? undefined : plain(value);
  });
  return pieces.every((piece) => piece !== undefined) ? pieces.flat() : undefined;
}

/** Keys of the session are shared by both legs, under that of S3. */
function valueOf(key: string, { leg, point }: Place): string | undefined {
  return point.get(placeOf(leg, key))?.[0] ?? point.get(placeOf('s3', key))?.[0];
}

function tokensText(tokens: readonly Token[]): string {
  return tokens.map(({ char }) => char).join('');
}

function matches(pattern: readonly Token[], text: readonly string[]): boolean {
  const [token, ...rest] = pattern;
  if (token === undefined) return text.length === 0;
  if (token.wild && token.char === '*') {
    return text.some((_, at) => matches(rest, text.slice(at))) || matches(rest, []);
  }
  return text.length > 0 && (token.wild || token.char === text[0]) && matches(rest, text.slice(1));
}

function arnMatches(pattern: readonly Token[], actual: string): boolean {
  const parts = partsOf(pattern);
  const given = actual.split(':');
  if (parts.length < 6 || given.length < 6) return false;
  return parts.every((part, at) =>
    matches(part, [...(at < 5 ? (given[at] ?? '') : given.slice(5).join(':'))]),
  );
}

/** Up to six parts, by colons. */
function partsOf(pattern: readonly Token[]): readonly (readonly Token[])[] {
  const colons = pattern.flatMap(({ char }, at) => (char === ':' ? [at] : [])).slice(0, 5);
  return [-1, ...colons].map((start, at, starts) =>
    pattern.slice(start + 1, starts[at + 1] ?? pattern.length),
  );
}

function ordered(test: string, actual: string, wanted: string): boolean {
  const read = test.startsWith('date') ? Date.parse : Number;
  const [left, right] = [read(actual), read(wanted)];
  if (test.endsWith('less-or-equal')) return left <= right;
  return test.endsWith('less') ? left < right : left === right;
}

function inRange(actual: string, range: string): boolean {
  const [start = '', length] = range.split('/');
  const [address, block] = [bitsOf(actual), bitsOf(start)];
  const prefix = length === undefined ? block.length : Number(length);
  return address.length === block.length && address.slice(0, prefix) === block.slice(0, prefix);
}

/** An address as zeros and ones. */
function bitsOf(address: string): string {
  if (!address.includes(':'))
    return address
      .split('.')
      .map((part) => Number(part).toString(2).padStart(8, '0'))
      .join('');
  const [head = '', tail = ''] = address.split('::');
  const groups = (text: string): readonly string[] => (text === '' ? [] : text.split(':'));
  const zeros = Array.from({ length: 8 - groups(head).length - groups(tail).length }, () => '0');
  return [...groups(head), ...zeros, ...groups(tail)]
    .map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0'))
    .join('');
}
