import { xmlDocument, xmlOf, type Dialect } from './xml.ts';

const dialect: Dialect = {
  nameOf: (member) => member,
  listOf: (member) => (member === 'Flat' ? { element: 'One' } : { element: member, item: 'item' }),
};

const write = (value: unknown): string =>
  xmlDocument('Root', xmlOf(value, dialect)).slice('<?xml version="1.0" encoding="UTF-8"?>\n'.length);

test.each([
  ['text', { A: 'b' }, '<Root><A>b</A></Root>'],
  ['numbers and truths', { A: 1, B: false }, '<Root><A>1</A><B>false</B></Root>'],
  ['nothing for what is not there', { A: undefined, B: null }, '<Root></Root>'],
  ['a list of items', { L: ['a', 'b'] }, '<Root><L><item>a</item><item>b</item></L></Root>'],
  ['an empty list as an empty element', { L: [] }, '<Root><L></L></Root>'],
  ['a flat list by its repeated element', { Flat: ['a', 'b'] }, '<Root><One>a</One><One>b</One></Root>'],
  ['attributes', { A: { '@x': 'a "b"', C: 'd' } }, '<Root><A x="a &quot;b&quot;"><C>d</C></A></Root>'],
  ['markup as text', { A: '<b>&amp;</b>' }, '<Root><A>&lt;b&gt;&amp;amp;&lt;/b&gt;</A></Root>'],
  ['a carriage return so that it survives', { A: 'a\r\nb' }, '<Root><A>a&#xD;\nb</A></Root>'],
  ['a replacement for what XML cannot say', { A: 'a\u0000\uD800b' }, '<Root><A>a\uFFFD\uFFFDb</A></Root>'],
  ['no element of a name that is none', { 'a b': 1, '<x>': 2, ok: 3 }, '<Root><ok>3</ok></Root>'],
])('XML writes %s', (_, value, expected) => {
  expect(write(value)).toBe(expected);
});

test('members that every object inherits are members like others', () => {
  expect(write(JSON.parse('{"__proto__":{"a":"1"},"constructor":"2"}'))).toBe(
    '<Root><__proto__><a>1</a></__proto__><constructor>2</constructor></Root>',
  );
});
