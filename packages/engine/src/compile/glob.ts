/**
 * `*` and `?` in linear time; no regular expression is built from policy text. A glob is a list of tokens, so that
 * substituted text stays literal: semantics.md A.5, A.6.
 */
export type Token =
  { readonly kind: 'char'; readonly char: string } | { readonly kind: 'any' } | { readonly kind: 'star' };

/** A pattern as its tokens. */
export type Glob = readonly Token[];

const ANY: Token = { kind: 'any' };
const STAR: Token = { kind: 'star' };

/** Tokens of literal text, in which `*` and `?` are plain characters. */
export function literalGlob(text: string): Glob {
  return [...text].map((char) => ({ kind: 'char', char }));
}

/** Tokens of pattern text. */
export function parseGlob(text: string): Glob {
  const tokens: Token[] = [];
  for (const char of text) {
    if (char === '*') {
      if (tokens.at(-1)?.kind !== 'star') tokens.push(STAR);
    } else tokens.push(char === '?' ? ANY : { kind: 'char', char });
  }
  return tokens;
}

/** Does the glob match everything? */
export function isStar(glob: Glob): boolean {
  return glob.length === 1 && glob[0]?.kind === 'star';
}

/** The glob's text where it has no wildcard; undefined otherwise. */
export function literalOf(glob: Glob): string | undefined {
  let text = '';
  for (const token of glob) {
    if (token.kind !== 'char') return undefined;
    text += token.char;
  }
  return text;
}

/** The glob as pattern text; a literal `*`, `?` or `${` is written `${*}`, `${?}`, `${$}{`, as a policy would. */
export function globText(glob: Glob): string {
  return glob.map((token, at) => tokenText(token, glob[at + 1])).join('');
}

function tokenText(token: Token, next: Token | undefined): string {
  if (token.kind === 'any') return '?';
  if (token.kind === 'star') return '*';
  const isEscape = token.char === '$' && next?.kind === 'char' && next.char === '{';
  return token.char === '*' || token.char === '?' || isEscape ? `\${${token.char}}` : token.char;
}

/**
 * Does the whole text match? On a mismatch only the last star is retried, so the work is at most the text's length
 * times that of one stretch between two stars, and never exponential.
 */
export function globMatches(glob: Glob, text: string): boolean {
  const chars = isAscii(text) ? text : [...text];
  let at = 0;
  let place = 0;
  let star = -1;
  let resume = 0;
  while (at < chars.length) {
    if (glob[place]?.kind === 'star') {
      star = place++;
      resume = at;
    } else if (accepts(glob[place], chars[at])) {
      at++;
      place++;
    } else if (star >= 0) {
      place = star + 1;
      at = ++resume;
    } else return false;
  }
  return endsAt(glob, place);
}

/** A question to a text, made ready once. */
export type TextTest = (text: string) => boolean;

/** Does a text match the glob? Most patterns are plain text with a star or two, which comparing whole pieces settles. */
export function globTest(glob: Glob): TextTest {
  const pieces = plainPieces(glob);
  if (!pieces) return (text) => globMatches(glob, text);
  const [head = '', ...others] = pieces;
  const tail = others.pop();
  if (tail === undefined) return (text) => text === head;
  if (others.length > 0) return (text) => piecesMatch(pieces, text);
  if (tail === '') return head === '' ? () => true : (text) => text.startsWith(head);
  const least = head.length + tail.length;
  return (text) => text.length >= least && text.startsWith(head) && text.endsWith(tail);
}

/**
 * The texts between the stars; undefined where there is a `?`, or a character beyond ASCII: only in plain ASCII do code
 * units and characters begin together.
 */
function plainPieces(glob: Glob): readonly string[] | undefined {
  const pieces = [''];
  for (const token of glob) {
    if (token.kind === 'any') return undefined;
    if (token.kind === 'star') pieces.push('');
    else pieces.push(`${pieces.pop() ?? ''}${token.char}`);
  }
  return pieces.every(isAscii) ? pieces : undefined;
}

/** The first and the last piece stand at the ends; of the others each is taken where it first comes. */
function piecesMatch(pieces: readonly string[], text: string): boolean {
  const [head = '', ...middle] = pieces;
  const tail = middle.pop() ?? '';
  const end = text.length - tail.length;
  if (end < head.length || !text.startsWith(head) || !text.endsWith(tail)) return false;
  let at = head.length;
  for (const piece of middle) {
    const found = text.indexOf(piece, at);
    if (found < 0 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
}

function accepts(token: Token | undefined, char: string | undefined): boolean {
  if (token === undefined || token.kind === 'star') return false;
  return token.kind === 'any' || token.char === char;
}

/** Is nothing left behind the place but stars? */
function endsAt(glob: Glob, place: number): boolean {
  let at = place;
  while (glob[at]?.kind === 'star') at++;
  return at === glob.length;
}

function isAscii(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- the range is the point: every code unit is one character
  return /^[\x00-\x7f]*$/.test(text);
}

/**
 * What is left of the glob after it has consumed `prefix`, which open text follows: the globs of which at least one
 * must match that text. None: no text that begins so can match.
 */
export function residualGlobs(glob: Glob, prefix: string): readonly Glob[] {
  let places = new Set([0]);
  for (const char of prefix) places = step(glob, places, char);
  const reached = [...places].toSorted((a, b) => a - b);
  // A place right behind a star that is itself reached says less than the star does.
  return reached
    .filter((place) => !(places.has(place - 1) && glob[place - 1]?.kind === 'star'))
    .map((place) => glob.slice(place));
}

/** The places after one more character, without the steps over stars that cost no character. */
function step(glob: Glob, places: ReadonlySet<number>, char: string): Set<number> {
  const next = new Set<number>();
  for (const place of closure(glob, places)) {
    const token = glob[place];
    if (token?.kind === 'star') next.add(place);
    else if (accepts(token, char)) next.add(place + 1);
  }
  return next;
}

/** The places themselves and those behind the stars at them. */
function closure(glob: Glob, places: Iterable<number>): Set<number> {
  const all = new Set<number>();
  for (const start of places) {
    let place = start;
    all.add(place);
    while (glob[place]?.kind === 'star') all.add(++place);
  }
  return all;
}
