import * as fc from 'fast-check';
import { canonicalJson } from './canonical-json.ts';

test('keys are sorted by code unit at every depth, numbers among them', () => {
  expect(canonicalJson({ b: 1, a: [{ d: 1, c: 2 }], '10': 0, '9': 0 })).toBe(
    '{"10":0,"9":0,"a":[{"c":2,"d":1}],"b":1}',
  );
});

test('a key named __proto__ is a key like any other', () => {
  expect(canonicalJson(JSON.parse('{"__proto__":{"x":1}}'))).toBe('{"__proto__":{"x":1}}');
});

test('text survives: JSON that was read is the same value when read again', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const value: unknown = JSON.parse(text);
      expect(JSON.parse(canonicalJson(value))).toEqual(value);
    }),
  );
});

test('the order in which members were given does not matter', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (members) => {
      const reversed = Object.fromEntries(Object.entries(members).toReversed());
      expect(canonicalJson(reversed)).toBe(canonicalJson(members));
    }),
  );
});
