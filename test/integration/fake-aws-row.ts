import type { Clients } from './fake-aws-clients.ts';

/** One call of the real SDK about a thing: `full`, `bare`, `locked`, or none. */
type Ask = (clients: Clients, thing: string) => Promise<object>;

export interface Row {
  readonly name: string;
  readonly ask: Ask;
  /** What the answer holds about the full thing. */
  readonly ok: object;
  /** The typed error about the bare thing; an answer without the member, where there is none. */
  readonly absent?: string | object;
  /** Does a field of the locked thing stop it? */
  readonly locked?: boolean;
}

/** An object that has at least these members. */
export const having = (members: object): unknown => expect.objectContaining(members);

/** A list that has at least these items. */
export const holding = (...items: readonly unknown[]): unknown => expect.arrayContaining([...items]);

/** Any text. */
export const ANY_TEXT: unknown = expect.any(String);
