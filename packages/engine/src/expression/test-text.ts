import type { Leg } from '@denyscope/model';
import type { ValueTest } from '../condition/compare.ts';
import { rulesOf } from '../condition/operators.ts';
import { listWords, valueWords } from './amounts.ts';
import type { SomeAtom } from './atom.ts';
import { nounFor, phraseFor, VALUE_PHRASES } from './phrases.ts';
import { keyName, TYPE_WORDS, type Words } from './words.ts';

/** Tests of one key that hold for at least one of their values, or, where not positive, for none. */
export interface TestGroup {
  readonly leg: Leg;
  readonly key: string;
  readonly tests: readonly { readonly test: ValueTest; readonly value: string }[];
  readonly positive: boolean;
  /** Is the key there, so that a test that fails tells of its value? */
  readonly isThere: boolean;
}

/** The tests in words: "through vpce-1 or vpce-2", "not from 10.0.0.0/8". */
export function groupText(group: TestGroup): string {
  const whole = wholePhrase(group);
  if (whole) return ofLeg(group, said(whole, group));
  const places = PATTERN_KEYS.get(group.key);
  if (places && group.tests.every(({ test }) => test === 'like' || test === 'equals')) {
    return ofLeg(group, places(placeWords(group), group.positive));
  }
  const texts = [...byPhrase(group)].map(([words, values]) => {
    return said(words, group).replace('{}', () => listWords(values, nounFor(group.key), group.positive));
  });
  return ofLeg(group, texts.join(group.positive ? ' or ' : ' and '));
}

/** A phrase that says a single test whole, its value included. */
function wholePhrase({ key, tests }: TestGroup): Words | undefined {
  const [first, ...others] = tests;
  if (!first || others.length > 0) return undefined;
  const words = TYPE_WORDS.get(`${first.test} ${first.value}`);
  if (words) return [`where ${keyName(key)} ${words[0]}`, `where ${keyName(key)} ${words[1]}`];
  const isWord = first.test === 'bool' || first.test === 'equals';
  return isWord ? VALUE_PHRASES.get(`${key} ${first.value}`) : undefined;
}

function said([positive, negative, other]: Words, group: Pick<TestGroup, 'positive' | 'isThere'>): string {
  if (group.positive) return positive;
  return group.isThere && other !== undefined ? other : negative;
}

/** The values by the phrase that says them: a word and a pattern often read alike. */
function byPhrase({ key, tests }: TestGroup): ReadonlyMap<Words, readonly string[]> {
  const groups = new Map<string, { words: Words; values: string[] }>();
  for (const { test, value } of tests) {
    const words = phraseFor(key, test) ?? plainWords(key, test);
    const group = groups.get(words[0]) ?? { words, values: [] };
    group.values.push(valueWords(key, test, value));
    groups.set(words[0], group);
  }
  return new Map([...groups.values()].map(({ words, values }) => [words, values.toSorted()]));
}

function plainWords(key: string, test: ValueTest): Words {
  const name = keyName(key);
  const [positive, negative] = rulesOf(test).words;
  return [
    `where ${name} ${positive} {}`,
    `where ${name} ${negative} {}`,
    `where ${name} is there and ${negative} {}`,
  ];
}

/** What happens on KMS's side is said so, unless the key's name does. */
export function ofLeg(
  { leg, key }: { readonly leg: Leg; readonly key?: string | undefined },
  text: string,
): string {
  return leg === 'kms' && key?.startsWith('kms:') !== true ? `${text} in the call to KMS` : text;
}

type Places = Readonly<Record<'under' | 'named' | 'beginning' | 'matching', readonly string[]>>;

/** Keys whose values are paths. */
const PATTERN_KEYS: ReadonlyMap<string, (places: Places, positive: boolean) => string> = new Map([
  ['key', objectText],
  ['s3:prefix', prefixText],
]);

/** The values by the shape of their pattern. */
function placeWords({ tests }: TestGroup): Places {
  const places = {
    under: new Array<string>(),
    named: new Array<string>(),
    beginning: new Array<string>(),
    matching: new Array<string>(),
  };
  for (const { test, value } of tests) {
    const start = /^([^*?]*)\*$/.exec(value)?.[1];
    if (test === 'equals') places.named.push(value);
    else if (start === undefined || start === '') places.matching.push(value);
    else if (start.endsWith('/')) places.under.push(start);
    else places.beginning.push(start);
  }
  return {
    under: places.under.toSorted(),
    named: places.named.toSorted(),
    beginning: places.beginning.toSorted(),
    matching: places.matching.toSorted(),
  };
}

function objectText({ under, named, beginning, matching }: Places, positive: boolean): string {
  const places = [
    under.length > 0 && `under ${listWords(under, 'prefixes', positive)}`,
    beginning.length > 0 && `beginning with ${listWords(beginning, 'texts', positive)}`,
    matching.length > 0 && `matching ${listWords(matching, 'patterns', positive)}`,
    named.length > 0 && `named ${listWords(named, 'keys', positive)}`,
  ].filter((text) => text !== false);
  return positive ? `objects ${places.join(' or ')} only` : `no objects ${places.join(' or ')}`;
}

function prefixText({ under, named, beginning, matching }: Places, positive: boolean): string {
  const [empty, given] = [named.filter((text) => text === ''), named.filter((text) => text !== '')];
  const places = [
    under.length > 0 && `below ${listWords(under, 'prefixes', positive)}`,
    beginning.length > 0 && `prefixes beginning with ${listWords(beginning, 'texts', positive)}`,
    matching.length > 0 && `prefixes matching ${listWords(matching, 'patterns', positive)}`,
    given.length > 0 && `the prefix ${listWords(given, 'prefixes', positive)}`,
    empty.length > 0 && 'with an empty prefix',
  ].filter((text) => text !== false);
  return `${positive ? '' : 'not '}listing ${places.join(' or ')}`;
}

/** Is the key there? */
export function presenceText(leg: Leg, key: string, positive: boolean): string {
  const words = phraseFor(key, 'present') ?? [
    `where ${keyName(key)} is there`,
    `where ${keyName(key)} is absent`,
  ];
  return ofLeg({ leg, key }, said(words, { positive, isThere: false }));
}

/** Of each value: "naming the tag key a", "where every … is like a or b". */
export function someText(
  { key, test, values, negated }: Pick<SomeAtom, 'key' | 'test' | 'values' | 'negated'>,
  positive: boolean,
): string {
  const texts = values.map((template) => valueWords(key, test, variablesNamed(template.text))).toSorted();
  const list = listWords(texts, nounFor(key), positive !== negated) || 'anything';
  const [is, isNot] = rulesOf(test).words;
  if (negated) {
    return positive
      ? `where some ${keyName(key)} ${isNot} ${list}`
      : `where every ${keyName(key)} ${is} ${list}`;
  }
  const words = phraseFor(key, 'some') ?? [
    `where some ${keyName(key)} ${is} {}`,
    `where no ${keyName(key)} ${is} {}`,
  ];
  return words[positive ? 0 : 1].replace('{}', () => list);
}

/** Variables of this project's own, and AWS's in their own spelling. */
export function variablesNamed(text: string): string {
  return text
    .replaceAll('${session-name}', '<session name>')
    .replaceAll('${key}', '<object key>')
    .replaceAll(/\$\{([a-z0-9]+:[^,}]+)/g, (_, key: string) => `\${${keyName(key)}`);
}
