import fc from 'fast-check';
import type { RequestCase } from '@denyscope/model';
import { KEYS, type KeyPool } from './keys.ts';
import { CALLERS, OTHER, OWN, PATTERNS, TARGETS, type Target } from './names.ts';
import { everything, statement, type Drawn, type Kind } from './statement.ts';

/** A policy that still waits for the request's target. */
export type DrawnPolicy = (target: Target) => unknown;
type Named = RequestCase['identityPolicies'];

const version = fc.constantFrom(
  '2012-10-17',
  '2012-10-17',
  '2012-10-17',
  '2012-10-17',
  '2008-10-17',
  undefined,
);

/** A document as it may reach us: an object, JSON text, or percent-encoded JSON text. */
const spelling = fc.constantFrom<((document: unknown) => unknown)[]>(
  (document) => document,
  (document) => document,
  (document) => JSON.stringify(document),
  (document) => encodeURIComponent(JSON.stringify(document)),
);

export function policy(kind: Kind, pools: readonly KeyPool[] = KEYS): fc.Arbitrary<DrawnPolicy> {
  const open: fc.Arbitrary<Drawn> = fc.constant(() => everything(kind));
  return fc
    .record({
      version,
      open: fc.oneof(
        { weight: 2, arbitrary: open.map((one) => [one]) },
        { weight: 3, arbitrary: fc.constant([]) },
      ),
      statements: fc.array(statement(kind, pools), { maxLength: 2 }),
      spelling,
      bare: fc.boolean(),
    })
    .map((drawn) => (target) => {
      const statements = [...drawn.open, ...drawn.statements].map((one) => one(target));
      const list = drawn.bare && statements.length === 1 ? statements[0] : statements;
      return drawn.spelling({
        ...(drawn.version === undefined ? {} : { Version: drawn.version }),
        Statement: list,
      });
    });
}

type DrawnPolicies = (target: Target) => Named;

function policies(kind: Kind, maxLength: number): fc.Arbitrary<DrawnPolicies> {
  return fc
    .array(policy(kind), { maxLength })
    .map((drawn) => (target) => drawn.map((one, at) => ({ name: `${kind} ${at}`, policy: one(target) })));
}

/** A layer that is mostly not there. */
export function rarely<Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> {
  return fc.option(arbitrary, { nil: undefined, freq: 2 });
}

type DrawnNodes = (target: Target) => RequestCase['scps'];

/** Nodes of a path, most of which let everything through. */
function nodes(kind: 'scp' | 'rcp'): fc.Arbitrary<DrawnNodes> {
  const full: DrawnPolicies = () => [
    { name: 'full access', policy: { Version: '2012-10-17', Statement: everything(kind) } },
  ];
  const node = fc.oneof(
    { weight: 2, arbitrary: fc.constant(full) },
    { weight: 3, arbitrary: policies(kind, 2) },
  );
  return fc
    .array(node, { minLength: 1, maxLength: 3 })
    .map((drawn) => (target) => drawn.map((one, at) => ({ target: `node ${at}`, policies: one(target) })));
}

interface DrawnContext {
  readonly context: Record<string, string[]>;
  readonly multiValuedKeys: string[];
}

/** Some keys with values, spelled as AWS does or not; a multi-valued key is mostly declared as such. */
const context: fc.Arbitrary<DrawnContext> = fc
  .tuple(
    ...KEYS.map((pool) =>
      rarely(
        fc.record({
          pool: fc.constant(pool),
          values: fc.array(fc.constantFrom(...pool.given), { maxLength: pool.multiValued === true ? 3 : 1 }),
          declared: fc.constantFrom(true, true, true, false),
          lower: fc.boolean(),
        }),
      ),
    ),
  )
  .map((drawn) => {
    const entries = drawn.filter((one) => one !== undefined);
    const isMany = ({ pool, declared }: (typeof entries)[number]): boolean =>
      pool.multiValued === true && declared;
    return {
      context: Object.fromEntries(
        entries.map((one) => [
          one.lower ? one.pool.name.toLowerCase() : one.pool.name,
          isMany(one) ? one.values : one.values.slice(0, 1),
        ]),
      ),
      multiValuedKeys: entries.filter(isMany).map(({ pool }) => pool.name),
    };
  });

function resourceKind({ action }: Target): 'resource' | 'trust' {
  return action === 'sts:AssumeRole' ? 'trust' : 'resource';
}

const settings = rarely(fc.record({ blockPublicAccess: fc.boolean(), bucketAbacEnabled: fc.boolean() }));

interface DrawnRequest {
  readonly target: Target;
  readonly principal: string;
  readonly management: boolean;
  readonly account: string;
  readonly drawnContext: DrawnContext;
}

const request = (targets: readonly Target[]): fc.Arbitrary<DrawnRequest> =>
  fc.record({
    target: fc.constantFrom(...targets),
    principal: fc.constantFrom(...CALLERS),
    management: fc.constantFrom(false, false, false, true),
    account: fc.constantFrom(OWN, OWN, OWN, OTHER),
    drawnContext: context,
  });

function requestOf({
  target,
  principal,
  management,
  account,
  drawnContext,
}: DrawnRequest): RequestCase['request'] {
  return {
    principal,
    ...(management ? { principalInManagementAccount: true } : {}),
    action: target.action,
    ...(target.wildcardOnly ? { wildcardOnlyAction: true } : {}),
    resource: target.resource,
    resourceAccount: /:(\d{12}):/.exec(target.resource)?.[1] ?? account,
    ...drawnContext,
  };
}

/** A layer that is mostly not there, and then says what `absent` says. */
function orAbsent<Value, Absent>(
  arbitrary: fc.Arbitrary<(target: Target) => Value>,
  absent: Absent,
): fc.Arbitrary<(target: Target) => Value | Absent> {
  return rarely(arbitrary).map((drawn) => (target) => (drawn ? drawn(target) : absent));
}

const layers = fc.record({
  identity: policies('identity', 3),
  resource: orAbsent(policy('resource'), null),
  trust: orAbsent(policy('trust'), null),
  boundary: orAbsent(policies('identity', 1), null),
  session: orAbsent(policies('identity', 2), null),
  scps: orAbsent(nodes('scp'), []),
  rcps: orAbsent(nodes('rcp'), []),
  endpoint: orAbsent(policies('resource', 2), null),
});

type DrawnLayers = typeof layers extends fc.Arbitrary<infer Layers> ? Layers : never;

function layersOf(drawn: DrawnLayers, target: Target): Omit<RequestCase, 'id' | 'request' | 'expect'> {
  return {
    identityPolicies: drawn.identity(target),
    resourcePolicy: resourceKind(target) === 'trust' ? drawn.trust(target) : drawn.resource(target),
    permissionBoundaries: drawn.boundary(target),
    sessionPolicies: drawn.session(target),
    scps: drawn.scps(target),
    rcps: drawn.rcps(target),
    vpcEndpointPolicies: drawn.endpoint(target),
  };
}

const caseOf = (targets: readonly Target[]): fc.Arbitrary<RequestCase> =>
  fc.record({ request: request(targets), layers, settings }).map((drawn) => ({
    id: 'drawn',
    request: requestOf(drawn.request),
    ...layersOf(drawn.layers, drawn.request.target),
    ...(drawn.settings ? { settings: { s3: drawn.settings } } : {}),
    expect: 'Denied' as const,
  }));

/** Whole requests: every layer present or not, every element of the language. */
export const requestCase = caseOf(TARGETS);

/** The same, for resources that are named by a pattern. */
export const patternCase = caseOf(PATTERNS);
