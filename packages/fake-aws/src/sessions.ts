import { createHash, randomBytes } from 'node:crypto';

/** Who calls. */
export interface Caller {
  /** The scanner itself, with its static credentials; a session that AssumeRole issued; or nobody. */
  readonly kind: 'scanner' | 'session' | 'anonymous';
  readonly accountId: string;
  readonly arn: string;
  readonly userId: string;
}

/** Credentials of a session, as AssumeRole hands them out. */
export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** Milliseconds since the epoch. */
  readonly expiration: number;
}

/** The credentials that were issued, and to whom. */
export interface Sessions {
  readonly scanner: Caller;
  /** Issues credentials for a session of a role. */
  readonly issue: (role: RoleSession) => {
    readonly credentials: SessionCredentials;
    readonly caller: Caller;
  };
  /** Whose credentials these are. */
  readonly identify: (accessKeyId: string, token: string | undefined) => Caller | 'unknown' | 'expired';
}

export interface RoleSession {
  readonly accountId: string;
  readonly roleName: string;
  readonly sessionName: string;
  readonly seconds: number;
}

interface Issued {
  readonly caller: Caller;
  readonly credentials: SessionCredentials;
}

export interface SessionOptions {
  readonly accountId: string;
  /** The access key id of the scanner's static credentials. */
  readonly accessKeyId: string;
  readonly now: () => number;
}

/** The scanner's own credentials, and an empty register of sessions. */
export function openSessions(options: SessionOptions): Sessions {
  const scanner = scannerOf(options.accountId);
  const register = new Map<string, Issued>();
  return {
    scanner,
    issue: (role) => {
      const issued = { caller: callerOf(role), credentials: credentialsUntil(options.now(), role.seconds) };
      register.set(issued.credentials.accessKeyId, issued);
      return issued;
    },
    identify: (accessKeyId, token) => {
      if (accessKeyId === options.accessKeyId) return scanner;
      const issued = register.get(accessKeyId);
      if (issued === undefined || issued.credentials.sessionToken !== token) return 'unknown';
      return options.now() < issued.credentials.expiration ? issued.caller : 'expired';
    },
  };
}

function scannerOf(accountId: string): Caller {
  const arn = `arn:aws:iam::${accountId}:user/denyscope-scanner`;
  return { kind: 'scanner', accountId, arn, userId: uniqueId('AIDA', arn) };
}

function callerOf({ accountId, roleName, sessionName }: RoleSession): Caller {
  const roleId = uniqueId('AROA', `${accountId} ${roleName}`);
  return {
    kind: 'session',
    accountId,
    arn: `arn:aws:sts::${accountId}:assumed-role/${roleName}/${sessionName}`,
    userId: `${roleId}:${sessionName}`,
  };
}

function credentialsUntil(now: number, seconds: number): SessionCredentials {
  return {
    accessKeyId: uniqueId('ASIA', randomBytes(16).toString('hex')),
    secretAccessKey: randomBytes(30).toString('base64'),
    sessionToken: randomBytes(120).toString('base64'),
    // AWS gives whole seconds.
    expiration: Math.floor(now / 1000 + seconds) * 1000,
  };
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** An id of AWS's form: its prefix, then capitals and digits that follow from the text. */
export function uniqueId(prefix: string, text: string): string {
  const digest = createHash('sha256').update(`${prefix} ${text}`).digest();
  return prefix + Array.from(digest.subarray(0, 16), (byte) => LETTERS.charAt(byte % 32)).join('');
}
