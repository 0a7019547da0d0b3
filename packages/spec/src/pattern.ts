/** Patterns with `*` and `?`, as the tokens that they are made of. A plain text is a pattern without wildcards. */

/** `one` stands for one character, `run` for any number; where `colons` is false they do not stand for a colon. */
export type Token =
  | { readonly kind: 'char'; readonly char: string }
  | { readonly kind: 'one' | 'run'; readonly colons: boolean };

export type Pattern = readonly Token[];

/** Every character for itself. */
export function literal(text: string): Pattern {
  return [...text].map((char) => ({ kind: 'char', char }));
}

/** A.5: `*` is any run of characters, the empty one among them, and `?` is one character. */
export function glob(text: string): Pattern {
  return [...text].map((char): Token => {
    if (char === '*') return { kind: 'run', colons: true };
    return char === '?' ? { kind: 'one', colons: true } : { kind: 'char', char };
  });
}

/** A.5, A.8: the five leading segments are compared one by one; undefined where there are fewer than six. */
export function bySegment(pattern: Pattern): Pattern | undefined {
  let colons = 0;
  const confined = pattern.map((token) => {
    if (token.kind === 'char') {
      if (token.char === ':') colons += 1;
      return token;
    }
    return { ...token, colons: colons >= 5 };
  });
  return colons >= 5 ? confined : undefined;
}

/** Does the pattern match the whole text? */
export function matches(pattern: Pattern, text: string): boolean {
  let positions = settle(pattern, [0]);
  for (const char of text) positions = step(pattern, positions, char);
  return positions.includes(pattern.length);
}

/**
 * Is there any text that the first pattern matches, and for which `wanted` holds, told which of the others match it?
 * Reads all texts at once: a state says how far into each pattern one can be after some text.
 */
export function someText(
  first: Pattern,
  others: readonly Pattern[],
  wanted: (matched: readonly boolean[]) => boolean,
): boolean {
  const plain = plainText(first);
  if (plain !== undefined) return wanted(others.map((other) => matches(other, plain)));
  const letters = lettersOf([first, ...others]);
  const open = [{ own: settle(first, [0]), theirs: others.map((other) => settle(other, [0])) }];
  const seen = new Set<string>();
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    const { own, theirs } = state;
    const name = JSON.stringify(state);
    if (seen.has(name)) continue;
    seen.add(name);
    const matched = others.map((other, index) => theirs[index]?.includes(other.length) === true);
    if (own.includes(first.length) && wanted(matched)) return true;
    for (const char of letters.filter((letter) => own.some((position) => takes(first, position, letter)))) {
      const next = others.map((other, index) => step(other, theirs[index] ?? [], char));
      open.push({ own: step(first, own, char), theirs: next });
    }
  }
  return false;
}

/** The one text of a pattern without wildcards. */
function plainText(pattern: Pattern): string | undefined {
  const chars = pattern.map((token) => (token.kind === 'char' ? token.char : undefined));
  return chars.includes(undefined) ? undefined : chars.join('');
}

/** Every character that a pattern names, the colon, and one that stands for all others. */
function lettersOf(patterns: readonly Pattern[]): readonly string[] {
  const named = patterns.flat().map((token) => (token.kind === 'char' ? token.char : ':'));
  return [...new Set([...named, ':', '\u{10FFFF}'])];
}

/** The positions that one more character leads to. */
function step(pattern: Pattern, positions: readonly number[], char: string): readonly number[] {
  const taking = positions.filter((position) => takes(pattern, position, char));
  return settle(
    pattern,
    taking.map((position) => (pattern[position]?.kind === 'run' ? position : position + 1)),
  );
}

/** Can the token at this position stand for the character? */
function takes(pattern: Pattern, position: number, char: string): boolean {
  const token = pattern[position];
  if (token?.kind === 'char') return token.char === char;
  return token !== undefined && (token.colons || char !== ':');
}

/** A run may be empty: standing before it is also standing behind it. */
function settle(pattern: Pattern, positions: readonly number[]): readonly number[] {
  const all = new Set(positions);
  for (const position of all) {
    if (pattern[position]?.kind === 'run') all.add(position + 1);
  }
  return [...all].toSorted((left, right) => left - right);
}
