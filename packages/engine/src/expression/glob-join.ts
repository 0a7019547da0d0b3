import type { Glob, Token } from '../compile/glob.ts';
import type { Found } from './automaton.ts';

/**
 * A text that all globs match, by putting their pieces one behind the other; none where their beginnings or ends
 * contradict one another. Undefined where that does not tell: no search is needed for most patterns of policies.
 */
export function joinGlobs(globs: readonly Glob[]): Extract<Found, { kind: 'text' | 'none' }> | undefined {
  const ends = globs.map((glob) => ({ glob, from: glob.findIndex(isStar), to: glob.findLastIndex(isStar) }));
  if (ends.some(({ from }) => from < 0)) return undefined;
  const start = overlaid(ends.map(({ glob, from }) => glob.slice(0, from)));
  const end = overlaid(ends.map(({ glob, to }) => glob.slice(to + 1).toReversed()));
  if (start === undefined || end === undefined) return { kind: 'none' };
  const middles = ends.map(({ glob, from, to }) => glob.slice(from, to).map(charOf).join(''));
  return { kind: 'text', text: start.join('') + middles.join('') + end.toReversed().join('') };
}

function isStar(token: Token): boolean {
  return token.kind === 'star';
}

/** Stars stand for nothing here. */
function charOf(token: Token): string {
  if (token.kind === 'star') return '';
  return token.kind === 'any' ? FREE : token.char;
}

/** What stands for any one character. */
const FREE = 'x';

/** Texts that begin at the same place, laid over one another; undefined where they contradict. */
function overlaid(parts: readonly Glob[]): readonly string[] | undefined {
  const length = Math.max(0, ...parts.map((part) => part.length));
  const chars: string[] = [];
  for (let at = 0; at < length; at++) {
    const named = new Set<string>();
    for (const part of parts) {
      const token = part[at];
      if (token?.kind === 'char') named.add(token.char);
    }
    if (named.size > 1) return undefined;
    chars.push(...(named.size === 1 ? named : [FREE]));
  }
  return chars;
}
