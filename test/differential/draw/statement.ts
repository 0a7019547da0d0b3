import fc from 'fast-check';
import { ACTION_FORMS, AWS_NAMES, RESOURCE_FORMS, type Target } from './names.ts';
import { KEYS, OPERATORS, type KeyPool } from './keys.ts';

type Json = Readonly<Record<string, unknown>>;

/** What kind of policy a statement is for: the kinds differ in the elements that AWS accepts in them. */
export type Kind = 'identity' | 'scp' | 'rcp' | 'resource' | 'trust';

/** A statement that still waits for the request's target. */
export type Drawn = (target: Target) => Json;

/** One condition: an operator with one key. */
type DrawnCondition = readonly [operator: string, key: string, values: unknown];

const oneOrTwo = <Value>(values: readonly Value[]): fc.Arbitrary<readonly Value[]> =>
  fc.array(fc.constantFrom(...values), { minLength: 1, maxLength: 2 });

/** A list of one is mostly written without its brackets. */
function scalar<Value>(values: readonly Value[], bare: boolean): Value | readonly Value[] {
  const [first] = values;
  return bare && values.length === 1 && first !== undefined ? first : values;
}

const oddCase = fc.constantFrom(
  (name: string) => name,
  (name: string) => name,
  (name: string) => name.toUpperCase(),
  (name: string) => name.toLowerCase(),
);

/** Quotes are optional around numbers and booleans. */
function unquoted(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d{1,3}$/.test(text) ? Number(text) : text;
}

const nullCondition = (pools: readonly KeyPool[]) =>
  fc.record({
    pool: fc.constantFrom(...pools),
    spelled: oddCase,
    value: fc.constantFrom('true', 'false', true, false, ['true', 'false']),
    quantifier: fc.constantFrom('', '', '', 'ForAllValues:', 'ForAnyValue:'),
  });

function quantifiersOf(pool: KeyPool): readonly string[] {
  const sets = ['ForAllValues:', 'ForAnyValue:'];
  return pool.multiValued === true ? [...sets, ...sets, ''] : ['', '', '', '', '', '', ...sets];
}

const testCondition = (pools: readonly KeyPool[]) =>
  fc.constantFrom(...pools).chain((pool) =>
    fc.record({
      pool: fc.constant(pool),
      spelled: oddCase,
      quantifier: fc.constantFrom(...quantifiersOf(pool)),
      operator: fc.oneof(
        { weight: 8, arbitrary: fc.constantFrom(...pool.operators) },
        { weight: 1, arbitrary: fc.constantFrom(...OPERATORS) },
      ),
      ifExists: fc.constantFrom('', '', 'IfExists'),
      values: oneOrTwo(pool.wanted),
      bare: fc.boolean(),
      quoted: fc.boolean(),
    }),
  );

const condition = (pools: readonly KeyPool[]): fc.Arbitrary<DrawnCondition> =>
  fc.oneof(
    {
      weight: 1,
      arbitrary: nullCondition(pools).map(
        ({ pool, spelled, value, quantifier }) => [`${quantifier}Null`, spelled(pool.name), value] as const,
      ),
    },
    {
      weight: 7,
      arbitrary: testCondition(pools).map(
        ({ pool, spelled, quantifier, operator, ifExists, values, bare, quoted }) => {
          const written = quoted ? values : values.map(unquoted);
          return [`${quantifier}${operator}${ifExists}`, spelled(pool.name), scalar(written, bare)] as const;
        },
      ),
    },
  );

function conditionBlock(conditions: readonly DrawnCondition[]): Json {
  const block: Record<string, Record<string, unknown>> = {};
  for (const [operator, key, values] of conditions) block[operator] = { ...block[operator], [key]: values };
  return conditions.length === 0 ? {} : { Condition: block };
}

const principal: fc.Arbitrary<unknown> = fc.oneof(
  fc.constant('*'),
  fc.tuple(oneOrTwo(AWS_NAMES), fc.boolean()).map(([names, bare]) => ({ AWS: scalar(names, bare) })),
  fc.tuple(oneOrTwo(AWS_NAMES), fc.boolean()).map(([names, bare]) => ({ AWS: scalar(names, bare) })),
  fc.constantFrom('cloudtrail.amazonaws.com', 'logging.s3.amazonaws.com').map((Service) => ({ Service })),
  fc.constant({ AWS: `arn:aws:iam::111111111111:role/team/app`, Service: ['cloudtrail.amazonaws.com'] }),
  fc.constant({ Federated: 'cognito-identity.amazonaws.com' }),
);

/** B.3, A.3: which elements AWS refuses in which kind is not drawn; such a policy cannot exist. */
function principalElement(kind: Kind, drawn: unknown, not: boolean): Json {
  switch (kind) {
    case 'identity':
    case 'scp':
      return {};
    case 'rcp':
      return { Principal: '*' };
    case 'trust':
      return { Principal: drawn };
    case 'resource':
      return not ? { NotPrincipal: drawn } : { Principal: drawn };
  }
}

/**
 * I.14 is left out: outside S3 and KMS the two sides read a wildcard in the resource-type part differently, and
 * semantics.md takes no side.
 */
function isDisputed(resource: string, { action }: Target): boolean {
  return !/^(s3|kms):/.test(action) && /^[^:/]*[*?][^:/]*[:/]/.test(resource.split(':').slice(5).join(':'));
}

/** Any statement of a policy of this kind, its conditions on keys of these pools. */
export function statement(kind: Kind, pools: readonly KeyPool[] = KEYS): fc.Arbitrary<Drawn> {
  return fc
    .record({
      effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
      actions: oneOrTwo(ACTION_FORMS),
      notAction: fc.constantFrom(false, false, false, false, kind !== 'rcp'),
      resources: oneOrTwo(RESOURCE_FORMS),
      notResource: fc.constantFrom(false, false, false, false, true),
      principal,
      notPrincipal: fc.constantFrom(false, false, false, true),
      conditions: fc.array(condition(pools), { maxLength: 2 }),
      bare: fc.boolean(),
    })
    .map((drawn) => (target) => {
      const resources = drawn.resources
        .map((form) => form(target.resource))
        .filter((resource) => !isDisputed(resource, target));
      return {
        Effect: drawn.effect,
        [drawn.notAction ? 'NotAction' : 'Action']: scalar(
          drawn.actions.map((form) => form(target.action)),
          drawn.bare,
        ),
        ...(kind === 'trust'
          ? {}
          : { [drawn.notResource ? 'NotResource' : 'Resource']: scalar(resources, drawn.bare) }),
        ...principalElement(kind, drawn.principal, drawn.notPrincipal),
        ...conditionBlock(drawn.conditions),
      };
    });
}

/** A statement that lets everything through, so that the other layers come to speak. */
export function everything(kind: Kind): Json {
  const implied = kind === 'trust' ? {} : { Resource: '*' };
  return { Effect: 'Allow', Action: '*', ...implied, ...principalElement(kind, '*', false) };
}
