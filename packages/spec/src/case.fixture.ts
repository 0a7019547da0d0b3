import { judge, judgeS3, type ConcreteRequest, type S3Request } from './index.ts';

export const OWN = '111111111111';
export const OTHER = '222222222222';
export const ROLE = `arn:aws:iam::${OWN}:role/team/app`;
export const SESSION = `arn:aws:sts::${OWN}:assumed-role/app/run`;
export const USER = `arn:aws:iam::${OWN}:user/ann`;
export const FEDERATED = `arn:aws:sts::${OWN}:federated-user/ann`;
export const ROOT = `arn:aws:iam::${OWN}:root`;
export const KEY = `arn:aws:kms:eu-west-1:${OWN}:key/k`;

export type Json = Readonly<Record<string, unknown>>;
export type Named = ConcreteRequest['identityPolicies'];

/** A document of Allow statements on all of S3, save for what each of `more` says otherwise. */
export function document(...more: readonly Json[]): Json {
  const statements = more.map((one) => ({ Effect: 'Allow', Action: 's3:*', Resource: '*', ...one }));
  return { Version: '2012-10-17', Statement: statements };
}

export function policies(...more: readonly Json[]): Named {
  return [{ name: 'p', policy: document(...more) }];
}

/** A resource policy that grants to these principals. */
export function grants(principal: unknown): Json {
  return document({ Principal: principal });
}

export const YES = policies({});
export const SILENT = policies({ Action: 'ec2:*' });

/** What a test says of its request; everything else is plain. */
export interface Facts extends Partial<Omit<ConcreteRequest, 'request'>> {
  readonly as?: string;
  readonly to?: string;
  readonly action?: string;
  readonly resource?: string;
  readonly context?: Readonly<Record<string, string[]>>;
  readonly more?: Partial<ConcreteRequest['request']>;
}

export function request(facts: Facts): ConcreteRequest {
  const { as = ROLE, to = OWN, action = 's3:GetObject', resource = 'arn:aws:s3:::b/k', ...rest } = facts;
  const { context = {}, more = {}, ...layers } = rest;
  return {
    request: { principal: as, action, resource, resourceAccount: to, context, ...more },
    identityPolicies: [],
    resourcePolicy: null,
    permissionBoundaries: null,
    sessionPolicies: null,
    scps: [],
    rcps: [],
    vpcEndpointPolicies: null,
    ...layers,
  };
}

/** The verdict, with the layers that denied. */
export function verdict(facts: Facts): string {
  const { verdict: word, because } = judge(request(facts));
  return word === 'Allowed' ? word : `${word}: ${because.map(({ layer }) => layer).join(' ')}`;
}

/** The verdict on one request to S3 with all its gates, with the layers that denied. */
export function verdictS3(facts: Facts, more: Omit<S3Request, 's3'> = {}): string {
  const { verdict: word, because } = judgeS3({ s3: request(facts), ...more });
  return word === 'Allowed' ? word : `${word}: ${because.map(({ layer }) => layer).join(' ')}`;
}
