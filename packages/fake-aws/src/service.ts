import type { HttpRequest } from './http.ts';
import type { Caller, Sessions } from './sessions.ts';
import type { Members } from './value.ts';
import type { World } from './world.ts';

/** The services that are served, by the names of their endpoints. */
export type ServiceName =
  'sts' | 'iam' | 'ec2' | 'cloudtrail' | 'organizations' | 'kms' | 's3' | 's3-control';

/** An error, as the service spells it. */
export interface AwsError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Elements beside code and message, as S3 adds them. */
  readonly details?: Readonly<Record<string, string>>;
}

/** What an operation answers with; the service's protocol writes it out. */
export interface Content {
  /** Of AWS's shape; a bare text is the whole content of the root element. */
  readonly members?: Members | string;
  /** The root element, where the protocol does not derive it from the operation. */
  readonly root?: string;
  /** A body that is no XML: a bucket policy. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Answer =
  | { readonly kind: 'done'; readonly content: Content }
  | { readonly kind: 'refused'; readonly error: AwsError };

/** What a request asks of a service. */
export interface Asked {
  readonly operation: string;
  readonly input: Members;
}

/** One call, understood and authenticated. */
export interface Call extends Asked {
  readonly service: ServiceName;
  /** The Region that the signature names. */
  readonly region: string;
  readonly caller: Caller;
  readonly requestId: string;
}

/** What operations answer from. */
export interface Backdrop {
  readonly world: World;
  readonly sessions: Sessions;
  /** Items a page, where a client does not ask for fewer. */
  readonly pageSize: number | undefined;
}

export type Operation = (call: Call, backdrop: Backdrop) => Answer;

/** One service: how its requests are read, and what it can do. */
export interface Service {
  readonly read: (request: HttpRequest) => Asked | { readonly error: AwsError };
  readonly operations: Readonly<Record<string, Operation>>;
}

export function done(members: Members | string, more: Omit<Content, 'members'> = {}): Answer {
  return { kind: 'done', content: { members, ...more } };
}

export function refused(error: AwsError): Answer {
  return { kind: 'refused', error };
}
