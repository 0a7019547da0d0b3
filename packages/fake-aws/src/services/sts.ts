import { refusalOf } from '../refusal.ts';
import {
  done,
  refused,
  type Answer,
  type AwsError,
  type Backdrop,
  type Call,
  type Service,
} from '../service.ts';
import { admits, scannerTrust } from '../trust.ts';
import { numberOf, textOf, type Members } from '../value.ts';
import { isActive } from '../world.ts';
import { readQuery } from './query.ts';

/** The role that every account has for the scanner. */
export interface ScannerRole {
  readonly name: string;
  readonly externalId: string | undefined;
}

/** A role session, as AssumeRole was asked for it. */
interface Wanted {
  readonly roleArn: string;
  readonly accountId: string;
  readonly roleName: string;
  readonly sessionName: string;
  readonly seconds: number;
}

const HOUR = 3600;

/** STS: who the caller is, and sessions of the scanner's role. */
export function stsService(role: ScannerRole): Service {
  return {
    read: readQuery,
    operations: {
      GetCallerIdentity: ({ caller }) =>
        done({ UserId: caller.userId, Account: caller.accountId, Arn: caller.arn }),
      AssumeRole: (call, backdrop) => assumeRole(call, backdrop, role),
    },
  };
}

/** The account of the role that a call names: AssumeRole is about it, not about the caller's. */
export function roleAccount(input: Members): string | undefined {
  return /^arn:aws:iam::(\d{12}):role\//.exec(textOf(input, 'RoleArn') ?? '')?.[1];
}

function assumeRole(call: Call, { world, sessions }: Backdrop, role: ScannerRole): Answer {
  const wanted = wantedSession(call.input);
  if ('error' in wanted) return refused(wanted.error);
  const trust = scannerTrust(sessions.scanner.arn, role.externalId);
  const mayEnter =
    wanted.roleName === role.name &&
    world.knows(wanted.accountId) &&
    isActive(world.account(wanted.accountId)) &&
    admits(trust, call.caller.arn, textOf(call.input, 'ExternalId'));
  if (!mayEnter) return refused(notAuthorized(call.caller.arn, wanted.roleArn));
  const { credentials, caller } = sessions.issue(wanted);
  return done({
    AssumedRoleUser: { AssumedRoleId: caller.userId, Arn: caller.arn },
    Credentials: {
      AccessKeyId: credentials.accessKeyId,
      SecretAccessKey: credentials.secretAccessKey,
      SessionToken: credentials.sessionToken,
      Expiration: new Date(credentials.expiration).toISOString().replace('.000Z', 'Z'),
    },
    PackedPolicySize: 0,
  });
}

// AWS: an unknown account, a suspended one and a refusing trust policy all read alike (semantics.md H.1).
function notAuthorized(caller: string, role: string): AwsError {
  const message = `User: ${caller} is not authorized to perform: sts:AssumeRole on resource: ${role}`;
  return refusalOf('sts', 'denied', message);
}

function wantedSession(input: Members): Wanted | { readonly error: AwsError } {
  const roleArn = textOf(input, 'RoleArn') ?? '';
  const accountId = roleAccount(input);
  const sessionName = textOf(input, 'RoleSessionName') ?? '';
  const seconds = textOf(input, 'DurationSeconds') === undefined ? HOUR : numberOf(input, 'DurationSeconds');
  if (accountId === undefined) return invalid(`${roleArn} is invalid`);
  if (!/^[\w+=,.@-]{2,64}$/.test(sessionName)) {
    return invalid(`Value '${sessionName}' at 'roleSessionName' failed to satisfy constraint`);
  }
  if (seconds === undefined || seconds < 900 || seconds > HOUR) {
    return invalid(
      'The requested DurationSeconds is below 900 or exceeds the MaxSessionDuration of this role.',
    );
  }
  return { roleArn, accountId, roleName: roleArn.slice(roleArn.lastIndexOf('/') + 1), sessionName, seconds };
}

function invalid(message: string): { readonly error: AwsError } {
  return { error: { status: 400, code: 'ValidationError', message } };
}
