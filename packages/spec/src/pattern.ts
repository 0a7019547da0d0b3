/** A text piece by piece: a character for itself, `**` for any run and `??` for any one, `*:` and `?:` for no colon. */
export type Pattern = readonly string[];

/** Every character for itself. */
export function literal(text: string): Pattern {
  return [...text];
}

/** A.5: `*` is any run of characters, the empty one among them, and `?` is one character. */
export function glob(text: string): Pattern {
  return [...text].map((char) => (char === '*' || char === '?' ? char + char : char));
}

/** A.5, A.8: the five leading segments are compared one by one; undefined where there are fewer than six. */
export function bySegment(pattern: Pattern): Pattern | undefined {
  let colons = 0;
  const confined = pattern.map((piece) => {
    if (piece === ':') colons += 1;
    return colons < 5 ? piece.replace(/^\*\*$/, '*:').replace(/^\?\?$/, '?:') : piece;
  });
  return colons < 5 ? undefined : confined;
}

/** Does the pattern match the whole text? Keeps all the places in the pattern that one can have come to. */
export function matches(pattern: Pattern, text: string): boolean {
  let places = settle(pattern, [0]);
  for (const char of text) {
    const next = places.flatMap((place) => {
      const piece = pattern[place] ?? '';
      if (piece === char || piece === '??' || (piece === '?:' && char !== ':')) return [place + 1];
      return piece === '**' || (piece === '*:' && char !== ':') ? [place] : [];
    });
    places = settle(pattern, next);
  }
  return places.includes(pattern.length);
}

/** A run may be empty: standing before it is also standing behind it. */
function settle(pattern: Pattern, places: readonly number[]): readonly number[] {
  const all = new Set(places);
  for (const place of all) if (/^\*[*:]$/.test(pattern[place] ?? '')) all.add(place + 1);
  return [...all];
}

export function isWhole<Value>(values: readonly (Value | undefined)[]): values is readonly Value[] {
  return !values.includes(undefined);
}
