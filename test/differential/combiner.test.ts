import type { RequestCase } from '@denyscope/model';
import { judge } from '@denyscope/spec';
import { runRequestCase } from '../conformance/request-case.ts';

/** What one layer by itself says, without any policy language: absent, silent, an Allow, a Deny, or both. */
const OUTCOMES = ['absent', 'silent', 'allow', 'deny', 'both'] as const;
type Outcome = (typeof OUTCOMES)[number];

const OWN = '111111111111';
const OTHER = '222222222222';
const CALLERS = ['role', 'session', 'user', 'federated', 'root', 'linked', 'service', 'anonymous'] as const;
const ARNS: Readonly<Record<(typeof CALLERS)[number], string>> = {
  role: `arn:aws:iam::${OWN}:role/app`,
  session: `arn:aws:sts::${OWN}:assumed-role/app/run`,
  user: `arn:aws:iam::${OWN}:user/ann`,
  federated: `arn:aws:sts::${OWN}:federated-user/ann`,
  root: `arn:aws:iam::${OWN}:root`,
  linked: `arn:aws:iam::${OWN}:role/aws-service-role/x.amazonaws.com/Linked`,
  service: 'cloudtrail.amazonaws.com',
  anonymous: 'anonymous',
};

/** Whom the resource's policy names decides what else a grant needs (semantics.md B.4). */
const NAMES = {
  absent: undefined,
  silent: {},
  everyone: { allow: { AWS: '*' } },
  account: { allow: { AWS: [OWN] } },
  principal: { allow: { AWS: [ARNS.role, ARNS.user], Service: [ARNS.service] } },
  exact: { allow: { AWS: [ARNS.session, ARNS.federated] } },
  deny: { deny: '*' },
  both: { allow: { AWS: [ARNS.role, ARNS.user] }, deny: { AWS: OWN } },
} as const;
type Naming = keyof typeof NAMES;

const NAMINGS = ['absent', 'silent', 'everyone', 'account', 'principal', 'exact', 'deny', 'both'] as const;

const SERVICES = {
  s3: { action: 's3:GetObject', resource: (): string => 'arn:aws:s3:::b/k' },
  kms: {
    action: 'kms:Decrypt',
    resource: (account: string): string => `arn:aws:kms:r:${account}:key/1`,
  },
  sts: {
    action: 'sts:AssumeRole',
    resource: (account: string): string => `arn:aws:iam::${account}:role/t`,
  },
} as const;

/** One combination: each layer's outcome, who calls, and where the resource is. */
interface Combination {
  readonly caller: (typeof CALLERS)[number];
  readonly service: keyof typeof SERVICES;
  readonly account: string;
  readonly management: boolean;
  readonly identity: Outcome;
  readonly boundary: Outcome;
  readonly session: Outcome;
  readonly scp: Outcome;
  readonly rcp: Outcome;
  readonly endpoint: Outcome;
  readonly resource: Naming;
}

type Json = Readonly<Record<string, unknown>>;

const statement = (effect: string, more: Json): Json => ({
  Effect: effect,
  Action: '*',
  Resource: '*',
  ...more,
});
const silent = (more: Json): Json => ({ Effect: 'Allow', Action: 'none:None', Resource: '*', ...more });
const document = (...statements: readonly Json[]): Json => ({ Version: '2012-10-17', Statement: statements });

const EVERYONE = { Principal: '*' };
const documents = (more: Json): Readonly<Record<Outcome, Json | undefined>> => ({
  absent: undefined,
  silent: document(silent(more)),
  allow: document(statement('Allow', more)),
  deny: document(statement('Deny', more)),
  both: document(statement('Deny', more), statement('Allow', more)),
});
const OWN_SIDE = documents({});
const NAMED_SIDE = documents(EVERYONE);

function resourcePolicy(naming: Naming): Json | null {
  const named: { readonly allow?: unknown; readonly deny?: unknown } | undefined = NAMES[naming];
  if (named === undefined) return null;
  return document(
    silent(EVERYONE),
    ...(named.allow === undefined ? [] : [statement('Allow', { Principal: named.allow })]),
    ...(named.deny === undefined ? [] : [statement('Deny', { Principal: named.deny })]),
  );
}
const RESOURCE = new Map(NAMINGS.map((naming) => [naming, resourcePolicy(naming)]));

function policies(policy: Json | undefined): RequestCase['identityPolicies'] {
  return policy === undefined ? [] : [{ name: 'policy', policy }];
}

/** A path of two nodes: the root lets everything through, the account has the outcome. */
function nodes(outcome: Outcome, sides: typeof OWN_SIDE): RequestCase['scps'] {
  if (outcome === 'absent') return [];
  return [
    { target: 'r-1', policies: policies(sides.allow) },
    { target: OWN, policies: policies(sides[outcome]) },
  ];
}

function requestOf(combination: Combination): RequestCase {
  const { action, resource } = SERVICES[combination.service];
  return {
    id: 'combination',
    request: {
      principal: ARNS[combination.caller],
      ...(combination.management ? { principalInManagementAccount: true } : {}),
      action,
      resource: resource(combination.account),
      resourceAccount: combination.account,
      context: {},
    },
    identityPolicies: policies(OWN_SIDE[combination.identity]),
    resourcePolicy: RESOURCE.get(combination.resource) ?? null,
    permissionBoundaries: policies(OWN_SIDE[combination.boundary]),
    sessionPolicies: policies(OWN_SIDE[combination.session]),
    scps: nodes(combination.scp, OWN_SIDE),
    rcps: nodes(combination.rcp, NAMED_SIDE),
    vpcEndpointPolicies: policies(NAMED_SIDE[combination.endpoint]),
    expect: 'Denied',
  };
}

type Choices = { readonly [Field in keyof Combination]: readonly Combination[Field][] };

/** Every combination of the choices. */
function* combinationsOf(choices: Choices): Generator<Combination> {
  const count = Object.values(choices).reduce((product, options) => product * options.length, 1);
  for (let index = 0; index < count; index++) yield combinationAt(choices, index);
}

/** The combination that a number stands for, each field a digit of it. */
function combinationAt(choices: Choices, index: number): Combination {
  let rest = index;
  const pick = <Value>(options: readonly Value[]): Value => {
    const value = options[rest % options.length];
    rest = Math.floor(rest / options.length);
    if (value === undefined) throw new Error('no choice');
    return value;
  };
  return {
    caller: pick(choices.caller),
    service: pick(choices.service),
    account: pick(choices.account),
    management: pick(choices.management),
    identity: pick(choices.identity),
    boundary: pick(choices.boundary),
    session: pick(choices.session),
    scp: pick(choices.scp),
    rcp: pick(choices.rcp),
    endpoint: pick(choices.endpoint),
    resource: pick(choices.resource),
  };
}

/** How many combinations there are, and the first on which the engine and the specification part. */
function compare(choices: Choices): { readonly count: number; readonly parted: unknown } {
  let count = 0;
  for (const combination of combinationsOf(choices)) {
    count += 1;
    const request = requestOf(combination);
    const { verdict } = judge(request);
    const outcome = runRequestCase(request);
    const answer = outcome.kind === 'answer' ? outcome.answer : outcome.reason;
    if (answer !== verdict) return { count, parted: { ...combination, spec: verdict, engine: answer } };
  }
  return { count, parted: undefined };
}

const ACCOUNTS = [OWN, OTHER];
const AS_USUAL = { management: [false], scp: ['absent'], rcp: ['absent'], endpoint: ['absent'] } as const;
const SERVICE_NAMES = ['s3', 'kms', 'sts'] as const;
const BRIEF = ['absent', 'silent', 'allow', 'deny'] as const;

test('what the caller and the resource grant combines as specified, for every kind of caller and resource', () => {
  const grants = { identity: OUTCOMES, boundary: OUTCOMES, session: OUTCOMES, resource: NAMINGS };
  const choices = { ...AS_USUAL, ...grants, caller: CALLERS, service: SERVICE_NAMES, account: ACCOUNTS };
  expect(compare(choices)).toEqual({ count: 8 * 3 * 2 * 125 * 8, parted: undefined });
});

test('organization policies and endpoints limit as specified, for every kind of caller, management account or not', () => {
  const limits = { scp: OUTCOMES, rcp: OUTCOMES, endpoint: OUTCOMES, management: [false, true] };
  const grants = {
    identity: ['absent', 'allow', 'deny'],
    boundary: ['absent'],
    session: ['absent'],
  } as const;
  const resources = {
    resource: ['absent', 'everyone', 'principal', 'deny'],
    service: ['s3'],
  } as const;
  const choices = { ...limits, ...grants, ...resources, caller: CALLERS, account: ACCOUNTS };
  expect(compare(choices)).toEqual({ count: 8 * 2 * 2 * 125 * 3 * 4, parted: undefined });
});

// 65,000 combinations; with DENYSCOPE_RUNS above 1 the other callers too, 520,000.
const WHOLE = Number(process.env['DENYSCOPE_RUNS'] ?? '1') > 1 ? CALLERS : (['session'] as const);

test('all layers together combine as specified', () => {
  const layers = {
    identity: BRIEF,
    boundary: BRIEF,
    session: BRIEF,
    scp: BRIEF,
    rcp: BRIEF,
    endpoint: BRIEF,
  };
  const rest = { management: [false], service: ['s3'], account: ACCOUNTS, resource: NAMINGS } as const;
  const choices = { ...layers, ...rest, caller: WHOLE } as const;
  expect(compare(choices)).toEqual({ count: WHOLE.length * 2 * 4096 * 8, parted: undefined });
});
