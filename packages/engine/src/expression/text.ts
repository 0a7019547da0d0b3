import type { Atom, SomeAtom, TestAtom, UnreadableAtom } from './atom.ts';
import type { Node } from './expressions.ts';
import { mergeTests, type Part } from './merge.ts';
import { BOOLEANS, keyName, PHRASES, PRESENCE, TEST_WORDS, TYPE_WORDS, type Words } from './words.ts';

/** The expression in words: "through vpce-1a2b3c4d, over TLS, objects under raw/ only". */
export function expressionText(node: Node): string {
  switch (node.kind) {
    case 'true':
      return 'always';
    case 'false':
      return 'never';
    case 'literal':
      return literalText(node.atom, node.positive);
    case 'all':
      return joined(mergeTests(node), ', ', 'any');
    case 'any':
      return joined(mergeTests(node), ' or ', 'all');
  }
}

/** The parts in words, those of the other kind in brackets. */
function joined(parts: readonly Part[], separator: string, other: 'all' | 'any'): string {
  const texts = parts.map((part) => {
    const needsBrackets = parts.length > 1 && reads(part) === other;
    return needsBrackets ? `(${partText(part)})` : partText(part);
  });
  return [...new Set(texts)].join(separator);
}

/** Does the part read as a list of its own? */
function reads(part: Part): 'all' | 'any' | undefined {
  return part.kind === 'all' || part.kind === 'any' ? part.kind : undefined;
}

function partText(part: Part): string {
  if (part.kind !== 'merged') return expressionText(part);
  return testText(part.first, part.values, part.positive);
}

function said(words: Words, positive: boolean): string {
  return words[positive ? 0 : 1];
}

function ofLeg({ leg }: Pick<Atom, 'leg'>, text: string): string {
  return leg === 'kms' ? `for KMS: ${text}` : text;
}

function testText(atom: TestAtom, values: readonly string[], positive: boolean): string {
  const { key, test } = atom;
  const [value = ''] = values;
  const isOne = values.length === 1;
  const whole = isOne ? (BOOLEANS.get(`${key} ${value}`) ?? typeWords(atom, value)) : undefined;
  if (whole) return ofLeg(atom, said(whole, positive));
  const list = values.map((text) => (text === '' ? 'nothing' : text)).join(positive ? ' or ' : ' nor ');
  const phrase = PHRASES.get(`${key} ${test}`);
  if (phrase)
    return ofLeg(
      atom,
      said(phrase, positive).replace('{}', () => list),
    );
  return ofLeg(atom, `${keyName(key)} ${said(TEST_WORDS[test], positive)} ${list}`);
}

function typeWords({ key, test }: TestAtom, value: string): Words | undefined {
  const words = TYPE_WORDS.get(`${test} ${value}`);
  return words && [`${keyName(key)} ${words[0]}`, `${keyName(key)} ${words[1]}`];
}

function literalText(atom: Atom, positive: boolean): string {
  switch (atom.kind) {
    case 'test':
      return testText(atom, [atom.value], positive);
    case 'present':
      return ofLeg(atom, presenceText(atom.key, positive));
    case 'some':
      return ofLeg(atom, someText(atom, positive));
    case 'relation': {
      const subject = `${atom.prefix}${atom.key === undefined ? '' : keyName(atom.key)}`;
      return ofLeg(atom, `${subject} ${said(TEST_WORDS[atom.operator], positive)} ${atom.template.text}`);
    }
    case 'unreadable':
      return unreadableText(atom);
  }
}

function presenceText(key: string, positive: boolean): string {
  const words = PRESENCE.get(key);
  return words ? said(words, positive) : `${keyName(key)} ${positive ? 'is there' : 'is absent'}`;
}

/** Of each value: "some … is like a or b", "every … is like a or b", "no … is like a or b". */
function someText({ key, test, values, negated }: SomeAtom, positive: boolean): string {
  const list = values.map((template) => template.text).join(' or ') || 'anything';
  const [verb] = TEST_WORDS[test];
  if (negated) {
    const quantifier = positive ? 'some' : 'every';
    return `${quantifier} ${keyName(key)} ${said(TEST_WORDS[test], !positive)} ${list}`;
  }
  return `${positive ? 'some' : 'no'} ${keyName(key)} ${verb} ${list}`;
}

/** Which way an unreadable document would decide is for the bounds; people want its name, once. */
function unreadableText({ document }: UnreadableAtom): string {
  return `depending on ${document}, which could not be read`;
}
