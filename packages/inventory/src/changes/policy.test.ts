import { policyChange } from './policy.ts';

const READ = { Sid: 'Read', Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' };
const DENY = { Effect: 'Deny', Principal: { AWS: ['a', 'b'] }, Action: ['s3:*'], Resource: ['r1', 'r2'] };
const document = (...Statement: readonly object[]): object => ({ Version: '2012-10-17', Statement });

/** One line a difference: statement, element, and the values that went and came. */
function told(before: unknown, after: unknown): readonly string[] | undefined {
  const change = policyChange(before, after);
  if (change === undefined) return undefined;
  const statements = change.statements.map(({ change: kind, sid, before: from, after: to, elements }) => {
    const parts = elements.map(
      ({ element, operator, key, removed, added }) =>
        `${[element, operator, key].filter((part) => part !== undefined).join(' ')} -${JSON.stringify(removed)} +${JSON.stringify(added)}`,
    );
    return [`${kind} ${sid ?? '?'} ${from ?? ''}→${to ?? ''}`, ...parts].join('; ');
  });
  return [...statements, ...change.members.map(({ change: kind, path }) => `${kind} ${path}`)];
}

// prettier-ignore
test.each<readonly [string, unknown, unknown]>([
  ['the order of statements', document(READ, DENY), document(DENY, READ)],
  ['a list of one against its value', document({ ...READ, Action: ['s3:GetObject'], Principal: ['*'] }), document(READ)],
  ['a statement without its list', document(READ), { Version: '2012-10-17', Statement: READ }],
  ['the order of values', document(DENY), document({ ...DENY, Resource: ['r2', 'r1'], Principal: { AWS: ['b', 'a'] } })],
  ['a value that is said twice', document(DENY), document({ ...DENY, Resource: ['r1', 'r2', 'r1'] })],
  ['quotes around what a condition compares', document({ ...READ, Condition: { Bool: { k: true }, NumericEquals: { n: [1] } } }), document({ ...READ, Condition: { NumericEquals: { n: '1' }, Bool: { k: ['true'] } } })],
  ['text, percent-encoded text and objects', JSON.stringify(document(READ), undefined, 2), encodeURIComponent(JSON.stringify(document(READ)))],
  ['a byte order mark', `\uFEFF${JSON.stringify(document(READ))}`, document(READ)],
])('%s makes no difference', (_, before, after) => {
  expect(told(before, after)).toEqual([]);
  expect(told(after, before)).toEqual([]);
});

// prettier-ignore
test.each<readonly [string, unknown, unknown, readonly string[]]>([
  ['a new statement', document(READ), document(DENY, READ), [`added ? →/Statement/0; Effect -[] +["Deny"]; Principal AWS -[] +["a","b"]; Action -[] +["s3:*"]; Resource -[] +["r1","r2"]`]],
  ['one that is gone', document(DENY, READ), document(DENY), ['removed Read /Statement/1→; Sid -["Read"] +[]; Effect -["Allow"] +[]; Principal -["*"] +[]; Action -["s3:GetObject"] +[]; Resource -["*"] +[]']],
  ['values', document(READ, DENY), document({ ...DENY, Resource: ['r2', 'r3'] }, READ), ['changed ? /Statement/1→/Statement/0; Resource -["r1"] +["r3"]']],
  ['a statement of the same Sid, however different', document(READ), document({ ...DENY, Sid: 'Read' }), ['changed Read /Statement/0→/Statement/0; Effect -["Allow"] +["Deny"]; Principal -["*"] +[]; Action -["s3:GetObject"] +["s3:*"]; Resource -["*"] +["r1","r2"]; Principal AWS -[] +["a","b"]']],
  ['the Sid alone', document(READ), document({ ...READ, Sid: 'Other' }), ['changed Other /Statement/0→/Statement/0; Sid -["Read"] +["Other"]']],
  ['a type of principal', document(DENY), document({ ...DENY, Principal: { AWS: ['a', 'b'], Service: 's' } }), ['changed ? /Statement/0→/Statement/0; Principal Service -[] +["s"]']],
  ['a condition', document({ ...READ, Condition: { StringEquals: { k: 'a', l: 'b' } } }), document({ ...READ, Condition: { StringEquals: { k: ['a', 'c'] } } }), ['changed Read /Statement/0→/Statement/0; Condition StringEquals k -[] +["c"]; Condition StringEquals l -["b"] +[]']],
  ['an element in its other form', document({ ...DENY, Resource: '*' }), document({ Effect: 'Deny', Principal: DENY.Principal, NotAction: 's3:*', Resource: '*' }), ['changed ? /Statement/0→/Statement/0; Action -["s3:*"] +[]; NotAction -[] +["s3:*"]']],
  ['an element without values', document({ ...READ, Condition: { StringEquals: { k: [] } } }), document(READ), ['changed Read /Statement/0→/Statement/0; Condition StringEquals k -[] +[]']],
  ['the version', document(READ), { Statement: READ }, ['removed /Version']],
  ['a statement that stands alone', { Statement: DENY }, { Statement: { ...DENY, Effect: 'Allow' } }, ['changed ? /Statement→/Statement; Effect -["Deny"] +["Allow"]']],
  ['a policy without statements', { s3_attributes: { a: { '@@assign': 'all' } } }, { s3_attributes: { a: { '@@assign': 'none' } } }, ['changed /s3_attributes/a/@@assign']],
  ['no statements against an empty list', {}, { Statement: [] }, ['added /Statement']],
])('%s is told: %s', (_, before, after, expected) => {
  expect(told(before, after)).toEqual(expected);
});

test('of two statements with one Sid the unchanged one is left alone', () => {
  const other = { ...READ, Action: 's3:PutObject' };
  expect(told(document(READ, other), document(other, { ...READ, Action: 's3:ListBucket' }))).toEqual([
    'changed Read /Statement/0→/Statement/1; Action -["s3:GetObject"] +["s3:ListBucket"]',
  ]);
});

test('statements without Sid are paired with the most alike, not with those in their place', () => {
  const changed = { ...DENY, Resource: ['r1', 'r2', 'r3'] };
  const unlike = { Effect: 'Allow', Principal: { Service: 's' }, Action: 'x:Y', Resource: 'q' };
  expect(told(document(DENY), document(unlike, changed))).toEqual([
    expect.stringMatching(/^added \? →\/Statement\/0/),
    'changed ? /Statement/0→/Statement/1; Resource -[] +["r3"]',
  ]);
});

// prettier-ignore
test.each<readonly [string, unknown]>([
  ['text that is no JSON', '{'],
  ['broken percent-encoding', '%7B%zz'],
  ['JSON that is no object', '[]'],
  ['a statement that is no object', { Statement: ['x'] }],
  ['a member that is said twice', '{"Statement":{"Effect":"Allow","Effect":"Deny"}}'],
  ['a member that is said twice in two spellings', '{"Version":"a","Versi\\u006fn":"b"}'],
  ['what nests deeper than any policy', `{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`],
])('%s can be compared as text alone', (_, text) => {
  expect(told(text, document(READ))).toBeUndefined();
  expect(told(document(READ), text)).toBeUndefined();
});

test('colons and quotes inside of texts are no members', () => {
  const odd = { ...READ, Sid: 'a:"b"\\', Resource: ['arn:aws:s3:::b', '"', '\\'] };
  expect(told(JSON.stringify(document(odd)), document(odd))).toEqual([]);
});

test('a document of very many statements is still compared', () => {
  const many = (action: string): object =>
    document(...Array.from({ length: 400 }, (_, index) => ({ ...DENY, Action: `${action}${index}` })));
  const kinds = (policyChange(many('a'), many('b'))?.statements ?? []).map(({ change }) => change);
  expect(kinds.filter((kind) => kind === 'added')).toHaveLength(400);
  expect(kinds.filter((kind) => kind === 'removed')).toHaveLength(400);
});
