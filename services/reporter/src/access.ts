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
    const [scheme = '', token, ...rest] = (request.headers.authorization ?? '').split(' ');
    const shown = scheme.toLowerCase() === 'bearer' && rest.length === 0 ? token : undefined;
    if (shown === undefined) throw unauthorized('send `Authorization: Bearer <token>`', '');
    if (!isToken(shown)) throw unauthorized('this token is not the one', ', error="invalid_token"');
  });
}

/** Keeps a keyed hash of the token, not the token, and compares in a time that says nothing. */
function tokenCheck(token: string): (shown: string) => boolean {
  const key = randomBytes(32);
  const digest = (text: string): Buffer => createHmac('sha256', key).update(text).digest();
  const expected = digest(token);
  return (shown) => timingSafeEqual(digest(shown), expected);
}

function unauthorized(detail: string, why: string): ApiProblem {
  return new ApiProblem('unauthorized', detail, {
    headers: { 'www-authenticate': `Bearer realm="denyscope"${why}` },
  });
}

/**
 * A page of some other site may have its own name resolve to 127.0.0.1 and then read what is open here; its requests
 * carry that name.
 */
function refuseForeignHost(request: FastifyRequest): void {
  if (isLoopback(request.hostname)) return;
  throw new ApiProblem('foreign-host', 'expected a loopback address in the Host header');
}
