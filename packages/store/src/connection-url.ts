import { StoreError } from './error.ts';

/**
 * Checks a connection URL before the driver sees it, since the driver's own error may quote it.
 *
 * @throws StoreError `invalid-url`; the message and the cause hold nothing of the URL
 */
export function checkConnectionUrl(text: string): URL {
  const url = parse(text);
  if (url === undefined || !['postgres:', 'postgresql:'].includes(url.protocol)) {
    throw new StoreError(
      'invalid-url',
      'DATABASE_URL is not of the form `postgres://user:password@host:5432/database`',
    );
  }
  // An `@` that did not end up behind the user means that `/`, `?` or `#` in the password cut the URL short.
  if (text.includes('@') && url.username === '' && url.password === '') {
    throw new StoreError(
      'invalid-url',
      'DATABASE_URL cannot be read: percent-encode `/`, `?`, `#` and `@` in the password',
    );
  }
  return url;
}

function parse(text: string): URL | undefined {
  // Not URL.parse, which Node 20 lacks.
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** The server's place without user and password, for messages. */
export function placeOf(url: URL): string {
  return url.host === '' ? 'the local socket' : `\`${url.host}\``;
}
