import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import { invalidResponse } from './collect-error.ts';
import type { Credentials } from './clients.ts';

/** Credentials of an account, with the moment when they end; undefined where they do not. */
export interface AccountCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** The role that is entered in every account (semantics.md H.5). */
export interface RoleOptions {
  readonly roleName: string;
  readonly externalId?: string | undefined;
  readonly sessionName?: string | undefined;
  /** At most an hour where the scanner is itself in a role: AWS caps role chaining. */
  readonly durationSeconds?: number | undefined;
  /** Narrows the session further: JSON text of at most 2,048 characters. */
  readonly sessionPolicy?: string | undefined;
  readonly partition?: string | undefined;
}

/** One account's credentials, shared by all its clients. */
export interface Session {
  /** The SDK calls it before each request; it fetches anew five minutes before the credentials end. */
  readonly credentials: SharedProvider;
  /** Which credentials are in use: counts up each time that a fetch begins. */
  readonly generation: () => number;
  /** Forgets the credentials of a generation, unless somebody already did. */
  readonly renew: (generation: number) => void;
}

/** A provider that the SDK takes as it is, without a memory of its own in each client. */
export interface SharedProvider {
  (): Promise<AccountCredentials>;
  readonly memoized: true;
}

/** How long before their end credentials are fetched anew. */
const EARLY_MS = 5 * 60 * 1000;

/**
 * Remembers credentials until five minutes before they end; callers who come at the same time share one fetch
 * (semantics.md H.6, expired tokens; stack.md section 5: the SDK's own memory is one a client).
 */
export function sharedSession(fetchCredentials: () => Promise<AccountCredentials>): Session {
  let generation = 0;
  let current: Promise<AccountCredentials> | undefined;
  let goodUntil = Infinity;

  async function fetchAnew(): Promise<AccountCredentials> {
    const mine = (generation += 1);
    goodUntil = Infinity;
    const fetched = await fetchCredentials();
    if (mine === generation) goodUntil = renewalTime(fetched);
    return fetched;
  }

  async function provide(): Promise<AccountCredentials> {
    if (current !== undefined && Date.now() < goodUntil) return current;
    const fetching = fetchAnew();
    current = fetching;
    try {
      return await fetching;
    } catch (error) {
      if (current === fetching) current = undefined;
      throw error;
    }
  }

  function renew(stale: number): void {
    if (stale === generation) current = undefined;
  }

  return {
    credentials: Object.assign(provide, { memoized: true } as const),
    generation: () => generation,
    renew,
  };
}

/** Five minutes before the end, or half-way where less than ten are left. */
function renewalTime({ expiration }: AccountCredentials): number {
  if (expiration === undefined) return Infinity;
  const left = expiration.getTime() - Date.now();
  return Date.now() + Math.max(left - EARLY_MS, left / 2);
}

/** Enters the role of an account through the regional STS endpoint of `sts` (semantics.md H.4, H.5). */
export async function assumeRole(
  sts: STSClient,
  accountId: string,
  role: RoleOptions,
  signal: AbortSignal,
): Promise<AccountCredentials> {
  const command = new AssumeRoleCommand({
    RoleArn: `arn:${role.partition ?? 'aws'}:iam::${accountId}:role/${role.roleName}`,
    RoleSessionName: role.sessionName ?? 'denyscope-scan',
    ExternalId: role.externalId,
    DurationSeconds: role.durationSeconds ?? 3600,
    Policy: role.sessionPolicy,
  });
  const { Credentials: issued } = await sts.send(command, { abortSignal: signal });
  if (issued?.AccessKeyId === undefined || issued.SecretAccessKey === undefined) {
    throw invalidResponse('the answer has no `Credentials`');
  }
  return {
    accessKeyId: issued.AccessKeyId,
    secretAccessKey: issued.SecretAccessKey,
    ...(issued.SessionToken !== undefined && { sessionToken: issued.SessionToken }),
    ...(issued.Expiration !== undefined && { expiration: issued.Expiration }),
  };
}

/** The caller's own credentials, for the account that the scanner is in. */
export function ownCredentials(credentials: Credentials): () => Promise<AccountCredentials> {
  return typeof credentials === 'function' ? credentials : () => Promise.resolve(credentials);
}
