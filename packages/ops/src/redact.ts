const HIDDEN = '[redacted]';

/** The password of a URL: between the colon after the user and the last @ before the host. */
const PASSWORD_IN_URL = /([a-z][a-z0-9+.-]*:\/\/[^\s:@/"'`]*):[^\s/"'`]*@/gi;
const BEARER = /\b(bearer\s+)[A-Za-z0-9._~+/=-]+/gi;

/** A text without the passwords of the URLs in it, without bearer tokens, and without the given secrets. */
export function redact(text: string, secrets: readonly string[] = []): string {
  const known = secrets
    .filter((secret) => secret !== '')
    .reduce((left, secret) => left.replaceAll(secret, HIDDEN), text);
  return known.replaceAll(PASSWORD_IN_URL, `$1:${HIDDEN}@`).replaceAll(BEARER, `$1${HIDDEN}`);
}
