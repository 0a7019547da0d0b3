declare const brandOf: unique symbol;

/** A primitive that was parsed once at the edge; its type is the proof. */
export type Branded<T, Name extends string> = T & { readonly [brandOf]: Name };

/**
 * Marks a value as parsed. The only type assertion in the repository: call it from a `parseX` function, after the
 * check that the name promises.
 */
export function brand<T, Name extends string>(value: T): Branded<T, Name> {
  return value as Branded<T, Name>;
}
