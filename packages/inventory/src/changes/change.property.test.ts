import { canonicalJson, type SnapshotLine } from '@denyscope/model';
import * as fc from 'fast-check';
import { given, HEADER } from '../given.fixture.ts';
import { parseSnapshot } from '../index.ts';
import { changeOf } from './change.ts';
import { scanSide } from './sides.ts';

const name = fc.constantFrom('a', 'b', 'c', 'd');
const scalarOrList = fc.oneof(name, fc.array(name, { maxLength: 3 }));

const statement = fc.record(
  {
    Sid: name,
    Effect: fc.constantFrom('Allow', 'Deny'),
    Principal: fc.oneof(fc.constant('*'), fc.dictionary(fc.constantFrom('AWS', 'Service'), scalarOrList)),
    Action: scalarOrList,
    Resource: scalarOrList,
    Condition: fc.dictionary(fc.constantFrom('StringLike', 'Bool'), fc.dictionary(name, scalarOrList)),
  },
  { requiredKeys: ['Effect'] },
);
type Statement = typeof statement extends fc.Arbitrary<infer T> ? T : never;

const statements = fc.array(statement, { maxLength: 4 });
const spelling = fc.constantFrom(
  (document: object): unknown => document,
  (document: object): unknown => JSON.stringify(document),
  (document: object): unknown => JSON.stringify(document, undefined, 1),
  (document: object): unknown => encodeURIComponent(JSON.stringify(document)),
);
const facts = fc.record({
  policy: fc.option(statements, { nil: undefined }),
  tags: fc.uniqueArray(fc.record({ Key: name, Value: name }), { selector: ({ Key }) => Key, maxLength: 3 }),
  regions: fc.uniqueArray(name, { maxLength: 3 }),
  owner: fc.option(name, { nil: undefined }),
  locked: fc.boolean(),
});
type Facts = typeof facts extends fc.Arbitrary<infer T> ? T : never;

function lineOf({ policy, tags, regions, owner, locked }: Facts, spell: (document: object) => unknown) {
  const data = {
    Name: 'logs',
    ...(policy && { Policy: spell({ Version: '2012-10-17', Statement: policy }) }),
    TagSet: tags,
    Regions: regions,
    ...(owner !== undefined && { Owner: { ID: owner } }),
  };
  const line = given(
    'bucket',
    data,
    locked ? { unreadable: [{ field: 'Grants', reason: 'AccessDenied' }] } : {},
  );
  const [parsed] = parseSnapshot([HEADER, line]).lines;
  if (parsed === undefined) throw new Error('a line was given');
  return parsed;
}

const COLLECTED = { bucket: ['Policy', 'TagSet', 'Owner', 'Grants'] };
const { header } = parseSnapshot([{ ...HEADER, collected: COLLECTED }]);
const side = scanSide(header, []);
const compare = (before: SnapshotLine | undefined, after: SnapshotLine | undefined) =>
  changeOf({ before, after }, { before: side, after: side });

/** What the facts say, in the plainest way to write that down: sets are sorted, single values are lists. */
function meaning({ policy, tags, regions, owner, locked }: Facts): string {
  const sorted = (values: readonly unknown[]): readonly string[] => values.map(canonicalJson).toSorted();
  const set = (value: unknown): readonly string[] => [
    ...new Set(sorted(Array.isArray(value) ? value : [value])),
  ];
  const filled = (value: object): boolean => Object.keys(value).length > 0;
  const each = (value: object, of: (inner: unknown) => unknown): unknown =>
    filled(value)
      ? Object.fromEntries(Object.entries(value).map(([key, inner]: [string, unknown]) => [key, of(inner)]))
      : [value];
  const element = ([key, value]: readonly [string, unknown]): readonly [string, unknown] => {
    if (key === 'Principal' && typeof value === 'object' && value !== null) return [key, each(value, set)];
    if (key === 'Condition' && typeof value === 'object' && value !== null) {
      return [
        key,
        each(value, (tests) => (typeof tests === 'object' && tests !== null ? each(tests, set) : tests)),
      ];
    }
    return [key, set(value)];
  };
  const plain = (one: Statement): unknown => Object.fromEntries(Object.entries(one).map(element));
  const document = policy && (policy.length === 0 ? 'empty' : sorted(policy.map(plain)));
  return canonicalJson([document ?? null, sorted(tags), sorted(regions), owner ?? null, locked]);
}

const settings = { numRuns: 300 };

/** Facts, and others that differ from them in a few fields at most. */
const near = fc
  .tuple(
    facts,
    facts,
    fc.subarray(['policy', 'tags', 'regions', 'owner', 'locked'] as const, { maxLength: 2 }),
  )
  .map(
    ([one, other, fields]) =>
      [one, fields.reduce<Facts>((mixed, field) => ({ ...mixed, [field]: other[field] }), one)] as const,
  );

test('there is a change exactly where the facts differ', () => {
  fc.assert(
    fc.property(near, spelling, spelling, ([one, other], spell, spellOther) => {
      const change = compare(lineOf(one, spell), lineOf(other, spellOther));
      expect(change === undefined).toBe(meaning(one) === meaning(other));
    }),
    settings,
  );
});

test('the order of statements and values, lists of one and the spelling of documents never matter', () => {
  const shuffled = <T>(values: readonly T[]): fc.Arbitrary<T[]> =>
    fc.shuffledSubarray([...values], { minLength: values.length });
  const unwrapped = (one: Statement): object =>
    Object.fromEntries(
      Object.entries(one).map(([key, value]: [string, unknown]) => [
        key,
        Array.isArray(value) && value.length === 1 ? value[0] : value,
      ]),
    );
  const again = facts.chain((given_) =>
    fc.record({
      one: fc.constant(given_),
      policy: shuffled(given_.policy ?? []),
      tags: shuffled(given_.tags),
      regions: shuffled(given_.regions),
    }),
  );
  fc.assert(
    fc.property(again, spelling, spelling, ({ one, policy, tags, regions }, spell, spellOther) => {
      const other = { ...one, tags, regions, policy: one.policy && policy };
      const line = lineOf(other, (document) => spellOther({ ...document, Statement: policy.map(unwrapped) }));
      expect(compare(lineOf(one, spell), line)).toBeUndefined();
    }),
    settings,
  );
});

const TURNED: Readonly<Record<string, string>> = {
  added: 'removed',
  removed: 'added',
  'became-readable': 'became-unreadable',
  'became-unreadable': 'became-readable',
};
const turned = (kind: string): string => TURNED[kind] ?? kind;

test('turned round, what was added was removed, and everything else is mirrored', () => {
  const line = fc.option(
    fc.tuple(facts, spelling).map(([one, spell]) => lineOf(one, spell)),
    { nil: undefined },
  );
  fc.assert(
    fc.property(line, line, (one, other) => {
      const there = compare(one, other);
      const back = compare(other, one);
      expect(back?.change).toBe(there && turned(there.change));
      const fields = there?.fields.map((field) => [
        field.name,
        turned(field.change),
        field.after,
        field.before,
      ]);
      const mirrored = back?.fields.map((field) => [field.name, field.change, field.before, field.after]);
      expect(mirrored?.map(canonicalJson).toSorted()).toEqual(fields?.map(canonicalJson).toSorted());
      const statementsOf = (change: typeof there) =>
        change?.fields.flatMap(({ policy }) => policy?.statements ?? []) ?? [];
      const kinds = statementsOf(there).map(({ change, before, after, elements }) =>
        canonicalJson([
          turned(change),
          after,
          before,
          elements.map(({ removed, added }) => canonicalJson([added, removed])).toSorted(),
        ]),
      );
      const mirroredKinds = statementsOf(back).map(({ change, before, after, elements }) =>
        canonicalJson([
          change,
          before,
          after,
          elements.map(({ removed, added }) => canonicalJson([removed, added])).toSorted(),
        ]),
      );
      expect(mirroredKinds.toSorted()).toEqual(kinds.toSorted());
    }),
    settings,
  );
});
