import { parseDocument, type PolicyType } from './document.ts';

const SOUND = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };

function faults(statement: unknown, type: PolicyType = 'identity'): readonly string[] {
  const document = parseDocument(JSON.stringify({ Version: '2012-10-17', Statement: statement }), type);
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
  ['a principal that is no text', { ...SOUND, Principal: { 'A/W~S': [null] } }, ['/Statement/Principal/A~1W~0S expected text, found null']],
  ['a condition that is no object', { ...SOUND, Condition: [] }, ['/Statement/Condition expected an object, found a list']],
  ['an operator without keys', { ...SOUND, Condition: { Bool: 'x' } }, ['/Statement/Condition/Bool expected an object, found string']],
  ['a value that is an object', { ...SOUND, Condition: { Bool: { 'aws:ResourceTag/a': {} } } }, ['/Statement/Condition/Bool/aws:ResourceTag~1a expected text, numbers or booleans']],
  ['two faults', [SOUND, { Effect: 1, Action: 1, Resource: '*' }], ['/Statement/1/Effect expected Allow or Deny', '/Statement/1/Action expected text, found number']],
])('%s is an issue with its place', (_, statement, expected) => {
  expect(faults(statement)).toEqual(expected);
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
