import { hashText } from '../build/ids.ts';

/** A stream of draws that depends on nothing but the text that it was made from. */
export interface Random {
  /** From 0 up to, and without, 1. */
  readonly next: () => number;
  /** A whole number from 0 up to, and without, `limit`. */
  readonly below: (limit: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <T>(choices: readonly [T, ...T[]]) => T;
  /** Undefined where there is nothing to choose from. */
  readonly maybe: <T>(choices: readonly T[]) => T | undefined;
  /** One of the rows, the heavier the likelier. */
  readonly weighted: <T extends Weighted>(rows: readonly [T, ...T[]]) => T;
}

/** A row of a table of choices. */
export interface Weighted {
  readonly weight: number;
}

/** Splitmix32: small, fast, and good enough to shuffle an organization. */
function splitmix(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 0x1_0000_0000;
  };
}

/** The stream of one seed and one label: streams of different labels do not disturb each other. */
export function randomOf(seed: number, label: string): Random {
  const next = splitmix(hashText(`${seed} ${label}`));
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    next,
    below,
    chance: (probability) => next() < probability,
    pick: (choices) => choices[below(choices.length)] ?? choices[0],
    maybe: (choices) => choices[below(choices.length)],
    weighted: (rows) => heavier(rows, next()),
  };
}

function heavier<T extends Weighted>(rows: readonly [T, ...T[]], draw: number): T {
  let left = draw * rows.reduce((sum, row) => sum + row.weight, 0);
  for (const row of rows) {
    left -= row.weight;
    if (left < 0) return row;
  }
  return rows[0];
}
