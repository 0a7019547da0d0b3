import { parseDocument } from './document.ts';
import type { PolicyType } from './statement.ts';

const SOUND = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };

function faults(statement: unknown, type: PolicyType = 'identity'): readonly string[] {
  const document = parseDocument(JSON.stringify({ Version: '2012-10-17', Statement: statement }), type);
  // What makes a statement unreadable is an issue too, and the first of each statement says so.
  expect(document.issues).toEqual(expect.arrayContaining([...document.broken]));
  return document.issues.map(({ path, message }) => `${path} ${message}`);
}

// prettier-ignore
test.each<readonly [string, unknown, readonly string[]]>([
  ['a statement that is no object', ['x'], ['/Statement/0 expected an object, found string']],
  ['null for a statement', null, ['/Statement expected an object, found null']],
  ['no effect', { ...SOUND, Effect: undefined }, ['/Statement/Effect expected Allow or Deny']],
  ['another effect', { ...SOUND, Effect: 'allow' }, ['/Statement/Effect expected Allow or Deny']],
  ['no action', { ...SOUND, Action: undefined }, ['/Statement expected Action or NotAction']],
  ['both actions', { ...SOUND, NotAction: '*' }, ['/Statement expected Action or NotAction, found both']],
  ['an action that is no text', { ...SOUND, Action: [1] }, ['/Statement/Action expected text, found number']],
  ['no resource', { ...SOUND, Resource: undefined }, ['/Statement expected Resource or NotResource']],
  ['both resources', { ...SOUND, NotResource: '*' }, ['/Statement expected Resource or NotResource, found both']],
  ['a resource that is no text', { ...SOUND, Resource: undefined, NotResource: [{}] }, ['/Statement/NotResource expected text, found object']],
  ['both principals', { ...SOUND, Principal: '*', NotPrincipal: '*' }, ['/Statement/NotPrincipal expected Principal or NotPrincipal, found both']],
  ['a principal that is no object', { ...SOUND, Principal: [] }, ['/Statement/Principal expected "*" or an object, found a list']],
  ['an operator with a slash', { ...SOUND, Condition: { 'A/W~S': [] } }, ['/Statement/Condition/A~1W~0S expected an object, found a list']],
  ['a condition that is no object', { ...SOUND, Condition: [] }, ['/Statement/Condition expected an object, found a list']],
  ['an operator without keys', { ...SOUND, Condition: { Bool: 'x' } }, ['/Statement/Condition/Bool expected an object, found string']],
  ['a value that is an object', { ...SOUND, Condition: { Bool: { 'aws:ResourceTag/a': {} } } }, ['/Statement/Condition/Bool/aws:ResourceTag~1a expected text, numbers or booleans']],
  ['a principal in a policy of a principal', { ...SOUND, Principal: '*' }, ['/Statement/Principal a policy of a principal names no principals']],
  ['whom not, in a policy of a principal', { ...SOUND, NotPrincipal: { AWS: '*' } }, ['/Statement/NotPrincipal a policy of a principal names no principals']],
  ['an element in the wrong case', { ...SOUND, condition: {} }, ['/Statement/condition no element of a statement: wrong case']],
  ['two faults', [SOUND, { Effect: 1, Action: 1, Resource: '*' }], ['/Statement/1/Effect expected Allow or Deny', '/Statement/1/Action expected text, found number']],
])('%s is an issue with its place', (_, statement, expected) => {
  expect(faults(statement)).toEqual(expected);
});

// prettier-ignore
test.each<readonly [string, PolicyType, unknown, readonly string[]]>([
  ['a principal that is no text', 'resource', { Principal: { AWS: [null] } }, ['/Statement/Principal/AWS expected text, found null']],
  ['whom not, in an organization policy', 'organization', { NotPrincipal: '*' }, ['/Statement/NotPrincipal an organization policy has no NotPrincipal']],
  ['somebody in an organization policy', 'organization', { Principal: { AWS: ['*', '111122223333'] } }, ['/Statement/Principal an organization policy names nobody but "*"']],
  ['everyone in an organization policy', 'organization', { Principal: '*' }, []],
  ['everyone, spelled out', 'organization', { Principal: { AWS: ['*'] } }, []],
])('%s in a policy of type %s', (_, type, elements, expected) => {
  expect(faults({ ...SOUND, ...(typeof elements === 'object' ? elements : {}) }, type)).toEqual(expected);
});

// prettier-ignore
test.each<readonly [string, unknown, readonly string[]]>([
  ['an element that there is not', { Comment: 'x' }, ['/Statement/Comment no element of a statement']],
  ['a Sid that is no text', { Sid: 1 }, ['/Statement/Sid expected text, found number']],
  ['a kind of principal that there is not', { Principal: { aws: '*' } }, ['/Statement/Principal/aws expected AWS, Federated, Service or CanonicalUser']],
  ['a principal without its kind', { Principal: '111122223333' }, ['/Statement/Principal expected "*" or an object, found another text']],
])('%s is an issue, though the statement can mean one thing only', (_, elements, expected) => {
  const statement = { ...SOUND, ...(typeof elements === 'object' ? elements : {}) };
  const { statements, broken, issues } = parseDocument(JSON.stringify({ Statement: statement }), 'resource');
  expect(issues.map(({ path, message }) => `${path} ${message}`)).toEqual(expected);
  expect([statements.length, broken]).toEqual([1, []]);
});

describe('a key that is given more than once (A.1)', () => {
  const read = (
    text: string,
  ): { statements: number; issues: readonly string[]; broken: readonly string[] } => {
    const { statements, issues, broken } = parseDocument(text, 'identity');
    return {
      statements: statements.length,
      issues: issues.map(({ path, message }) => `${path} ${message}`),
      broken: broken.map(({ path }) => path),
    };
  };
  const other = '{"Effect":"Allow","Action":"s3:*","Resource":"*"}';

  // prettier-ignore
  test.each([
    ['an effect', '{"Effect":"Allow","Effect":"Deny","Action":"*","Resource":"*"}', '/Statement/0/Effect'],
    ['a spelled-out name', '{"Effect":"Allow","Action":"*","A\\u0063tion":"s3:*","Resource":"*"}', '/Statement/0/Action'],
    ['an operator', '{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":{"a":"true"},"Bool":{"b":"true"}}}', '/Statement/0/Condition/Bool'],
    ['a condition key', '{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":{"a/b":"true","a/b":["false"]}}}', '/Statement/0/Condition/Bool/a~1b'],
  ])('%s, in two ways, makes its statement unreadable and no other', (_, statement, path) => {
    expect(read(`{"Statement":[${statement},${other}]}`)).toEqual({
      statements: 1,
      issues: [`${path} given more than once`],
      broken: [path],
    });
  });

  test.each([
    ['statements', `{"Statement":[${other}],"Statement":[]}`, '/Statement'],
    ['versions', `{"Version":"2008-10-17","Version":"2012-10-17","Statement":[${other}]}`, '/Version'],
  ])('two different %s make the whole document unreadable', (_, text, path) => {
    expect(read(text)).toEqual({ statements: 0, issues: [`${path} given more than once`], broken: [path] });
  });

  test.each([
    [
      'the same value twice',
      '{"Effect":"Deny","Effect":"Deny","Action":"*","Resource":"*"}',
      '/Statement/0/Effect',
    ],
    ['two Sids', '{"Sid":"a","Sid":"b","Effect":"Deny","Action":"*","Resource":"*"}', '/Statement/0/Sid'],
  ])('%s is an issue that changes nothing', (_, statement, path) => {
    expect(read(`{"Statement":[${statement}]}`)).toEqual({
      statements: 1,
      issues: [`${path} given more than once`],
      broken: [],
    });
  });

  test('the same key in two statements is none', () => {
    expect(read(`{"Statement":[${other},${other}]}`)).toEqual({ statements: 2, issues: [], broken: [] });
  });
});

test.each([
  [10, '10'],
  [-0.5, '-0.5'],
  [true, 'true'],
  [1e21, '1000000000000000000000'],
  [1e-7, '0.0000001'],
])('the unquoted value %p is read as the text %s', (value, text) => {
  const condition = { NumericEquals: { 's3:max-keys': value } };
  const [statement] = parseDocument(
    JSON.stringify({ Statement: { ...SOUND, Condition: condition } }),
    'identity',
  ).statements;
  expect(statement?.conditions[0]?.values).toEqual([text]);
});

test('no depth of nesting ends the reader', () => {
  const deep = (levels: number, inner: string): string =>
    `${'['.repeat(levels)}${inner}${']'.repeat(levels)}`;
  const texts = [
    deep(10_000, ''),
    '{"Statement":'.repeat(10_000) + '1' + '}'.repeat(10_000),
    `{"Statement":{"Effect":"Allow","Action":${deep(10_000, '"*"')},"Resource":"*"}}`,
    `{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":{"a":${deep(10_000, '')}}}}}`,
    deep(10_000, '').slice(1),
  ];
  for (const text of texts) expect(parseDocument(text, 'identity').broken).toHaveLength(1);
});

test.each([
  ['no JSON', '{', /^not JSON: /],
  ['a list', '[]', /^expected an object, found a list$/],
  ['null', 'null', /^expected an object, found null$/],
  ['a text', '"x"', /^expected an object, found string$/],
  ['no statement', '{}', /^expected a statement, found none$/],
  ['broken percent-encoding', '%7B%zz', /^not JSON: /],
])('a document that is %s is one issue, and nothing of it is read', (_, text, message) => {
  const document = parseDocument(text, 'identity');
  expect(document.statements).toEqual([]);
  expect(document.broken).toHaveLength(1);
  expect(document.broken[0]?.message).toMatch(message);
});

test.each<readonly [string, string]>([
  ['JSON text', JSON.stringify({ Statement: SOUND })],
  ['percent-encoded text, as IAM returns it', encodeURIComponent(JSON.stringify({ Statement: [SOUND] }))],
  ['text with white space before it', `\n ${JSON.stringify({ Statement: [SOUND] })}`],
  [
    'percent-encoded text that begins with a line break',
    `%0A${encodeURIComponent(JSON.stringify({ Statement: SOUND }))}`,
  ],
  [
    'percent-encoded text with a byte order mark',
    encodeURIComponent(`\uFEFF${JSON.stringify({ Statement: SOUND })}`),
  ],
  ['text with a byte order mark', `\uFEFF${JSON.stringify({ Statement: SOUND })}`],
])('%s is read', (_, text) => {
  const { statements, issues } = parseDocument(text, 'identity');
  expect(issues).toEqual([]);
  expect(statements.map(({ action, resource }) => [action, resource])).toEqual([
    [
      { negated: false, values: ['s3:GetObject'] },
      { negated: false, values: ['*'] },
    ],
  ]);
});

test('a bare statement stands at /Statement, one of a list at its place', () => {
  const path = (statement: unknown): readonly string[] =>
    parseDocument(JSON.stringify({ Statement: statement }), 'identity').statements.map((one) => one.path);
  expect(path(SOUND)).toEqual(['/Statement']);
  expect(path([SOUND, SOUND])).toEqual(['/Statement/0', '/Statement/1']);
});

test('numbers and booleans may stand without quotes in a condition', () => {
  const text = JSON.stringify({
    Statement: { ...SOUND, Condition: { Bool: { a: true }, NumericEquals: { b: [10, '7'] } } },
  });
  const [statement] = parseDocument(text, 'identity').statements;
  expect(statement?.conditions.map(({ operator, key, values }) => [operator, key, values])).toEqual([
    ['Bool', 'a', ['true']],
    ['NumericEquals', 'b', ['10', '7']],
  ]);
});

test.each<readonly [PolicyType, boolean]>([
  ['key', true],
  ['trust', true],
  ['resource', false],
  ['endpoint', false],
  ['organization', false],
])('a statement of a %s policy may lack its resource: %s', (type, sound) => {
  expect(faults({ ...SOUND, Resource: undefined }, type).length === 0).toBe(sound);
});

test('an unknown version is an issue, and takes nothing from the statements', () => {
  const document = parseDocument(JSON.stringify({ Version: '2099-01-01', Statement: SOUND }), 'identity');
  expect(document.issues).toEqual([{ path: '/Version', message: 'expected 2012-10-17 or 2008-10-17' }]);
  expect(document.statements).toHaveLength(1);
  expect(document.broken).toEqual([]);
});
