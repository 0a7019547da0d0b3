import { QueueError } from './error.ts';

/** Which server a URL names, by its scheme. */
export type ServerKind = 'redis' | 'postgres';

const SCHEMES: ReadonlyMap<string, ServerKind> = new Map([
  ['redis:', 'redis'],
  ['rediss:', 'redis'],
  ['postgres:', 'postgres'],
  ['postgresql:', 'postgres'],
]);

/**
 * Checks a connection URL before a driver sees it, since a driver's own error may quote it.
 *
 * @throws QueueError `invalid-url`; the message and the cause hold nothing of the URL
 */
export function serverKindOf(text: string): ServerKind {
  // Not URL.parse, which Node 20 lacks.
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const kind = url && SCHEMES.get(url.protocol);
  if (url === undefined || kind === undefined) {
    throw new QueueError('invalid-url', 'the queue needs a URL of the form `redis://…` or `postgres://…`');
  }
  // An `@` that did not end up behind the user means that `/`, `?` or `#` in the password cut the URL short.
  if (text.includes('@') && url.username === '' && url.password === '') {
    const rule = 'percent-encode `/`, `?`, `#` and `@` in the password';
    throw new QueueError('invalid-url', `the URL of the queue cannot be read: ${rule}`);
  }
  return kind;
}
