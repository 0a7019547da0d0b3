/** Looks into values of unknown shape: the lines of a snapshot, and what a client sent. */

/** An object with members that are not known beforehand. */
export type Members = Readonly<Record<string, unknown>>;

export function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member of its own: never one that every object inherits. */
export function memberOf(members: Members, name: string): unknown {
  return Object.hasOwn(members, name) ? members[name] : undefined;
}

/** The member where it is text. */
export function textOf(members: Members, name: string): string | undefined {
  const value = memberOf(members, name);
  return typeof value === 'string' ? value : undefined;
}

/** The member where it is an object, and an empty one otherwise. */
export function membersOf(members: Members, name: string): Members {
  const value = memberOf(members, name);
  return isMembers(value) ? value : {};
}

/** The member where it is a list; `undefined` where there is none. */
export function listOf(members: Members, name: string): readonly unknown[] | undefined {
  const value = memberOf(members, name);
  return Array.isArray(value) ? value : undefined;
}

/** The texts of a list member. */
export function textsOf(members: Members, name: string): readonly string[] {
  return (listOf(members, name) ?? []).filter((item) => typeof item === 'string');
}

/** The member where it is a whole number, in digits or not. */
export function numberOf(members: Members, name: string): number | undefined {
  const value = memberOf(members, name);
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
}

/** Only these members, and only where they are there. */
export function pick(members: Members, names: readonly string[]): Members {
  return Object.fromEntries(
    names.filter((name) => Object.hasOwn(members, name)).map((name) => [name, members[name]]),
  );
}

/** All members but these. */
export function omit(members: Members, names: readonly string[]): Members {
  return Object.fromEntries(Object.entries(members).filter(([name]) => !names.includes(name)));
}

/** A policy document as the services keep it: JSON text. */
export function documentText(document: unknown): string {
  return typeof document === 'string' ? document : JSON.stringify(document);
}
