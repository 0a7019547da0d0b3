import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import { type FastifyRequest } from 'fastify';
import { type App } from './app.ts';
import { ApiProblem } from './problem.ts';

/** Who may ask: whoever shows the token, or anybody who can reach a loopback address. */
export type Access = { readonly kind: 'open' } | { readonly kind: 'token'; readonly token: string };

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answered without a token: the health probes. */
    public?: boolean;
    /** A page for browsers, which cannot send a bearer token: HTTP Basic with the token as password will do. */
    browser?: boolean;
  }
}

/** Is this the name or an address of the machine itself, which no other machine can reach? */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  return bare === 'localhost' || bare === '::1' || (isIP(bare) === 4 && bare.startsWith('127.'));
}

/** Guards every route but the public ones. It runs after the rate limit, so that guessing is limited too. */
export function guard(app: App, access: Access): void {
  if (access.kind === 'open') {
    app.addHook('onRequest', async (request) => refuseForeignHost(request));
    return;
  }
  const isToken = tokenCheck(access.token);
  app.addHook('preParsing', async (request) => {
    if (request.is404 || request.routeOptions.config.public === true) return;
    const challenge = request.routeOptions.config.browser === true ? BASIC : BEARER;
    const shown = challenge.tokenOf(request.headers.authorization ?? '');
    if (shown === undefined) throw unauthorized(challenge, challenge.expected);
    if (!isToken(shown)) throw unauthorized(challenge, 'this token is not the one', challenge.wrong);
  });
}

/** Keeps a keyed hash of the token, not the token, and compares in a time that says nothing. */
function tokenCheck(token: string): (shown: string) => boolean {
  const key = randomBytes(32);
  const digest = (text: string): Buffer => createHmac('sha256', key).update(text).digest();
  const expected = digest(token);
  return (shown) => timingSafeEqual(digest(shown), expected);
}

/** How a token is asked for, and found. */
interface Challenge {
  readonly header: string;
  /** What the header says besides where the token is not the one. */
  readonly wrong: string;
  readonly expected: string;
  readonly tokenOf: (authorization: string) => string | undefined;
}

const BEARER: Challenge = {
  header: 'Bearer realm="denyscope"',
  wrong: ', error="invalid_token"',
  expected: 'send `Authorization: Bearer <token>`',
  tokenOf: bearerToken,
};

/** A browser asks the person, and then shows the token to these pages only; programs show it as anywhere else. */
const BASIC: Challenge = {
  header: 'Basic realm="denyscope", charset="UTF-8"',
  wrong: '',
  expected: 'the token is the password; any name will do',
  tokenOf: (authorization) => bearerToken(authorization) ?? basicPassword(authorization),
};

function bearerToken(authorization: string): string | undefined {
  return /^bearer (\S+)$/i.exec(authorization)?.[1];
}

/** RFC 7617: the name ends at the first colon. */
function basicPassword(authorization: string): string | undefined {
  const encoded = /^basic ([\w+/]+=*)$/i.exec(authorization)?.[1];
  if (encoded === undefined) return undefined;
  const [, ...password] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return password.join(':');
}

function unauthorized({ header }: Challenge, detail: string, why = ''): ApiProblem {
  return new ApiProblem('unauthorized', detail, { headers: { 'www-authenticate': `${header}${why}` } });
}

/**
 * A page of some other site may have its own name resolve to 127.0.0.1 and then read what is open here; its requests
 * carry that name.
 */
function refuseForeignHost(request: FastifyRequest): void {
  if (isLoopback(request.hostname)) return;
  throw new ApiProblem('foreign-host', 'expected a loopback address in the Host header');
}
