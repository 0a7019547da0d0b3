import fc from 'fast-check';
import { seen } from '@denyscope/model';
import { decideClosed, decideS3, isPublicPolicy } from '../index.ts';
import { caller, closedQuestion, question, ROLE } from '../question.fixture.ts';
import { compilePolicy } from './policy.ts';
import type { PolicyType } from './statement.ts';

const TYPES: readonly PolicyType[] = ['identity', 'resource', 'organization', 'endpoint', 'key', 'trust'];

/** Compiles the text, and asks all that is asked of a policy. */
function useWhole(text: string, type: PolicyType): void {
  const policy = compilePolicy(text, type);
  const source = { document: 'd', attachedTo: 'd', policy: seen(policy) };
  isPublicPolicy(policy);
  decideClosed(
    closedQuestion({ identity: [source], resourcePolicy: source, context: { 'aws:sourceip': ['10.0.0.1'] } }),
  );
  decideS3(question({ caller: caller(ROLE, { identity: [source] }) }));
}

const STRANGE = [
  '__proto__',
  'constructor',
  'toString',
  'aws:SourceIp',
  '*',
  '',
  '${',
  '10.0.0.0/99',
  'arn:',
  '١٢',
];
const WORDS = fc.constantFrom(
  ...STRANGE,
  'Allow',
  'Deny',
  'StringEquals',
  'Null',
  'ForAllValues:IpAddressIfExists',
);

const anyValue = fc.oneof(
  WORDS,
  fc.string(),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.jsonValue(),
);
const conditions = fc.dictionary(
  fc.constantFrom(
    'StringEquals',
    'StringLike',
    'IpAddress',
    'NotIpAddress',
    'NumericLessThan',
    'NumericGreaterThan',
    'DateGreaterThan',
    'Bool',
    'BinaryEquals',
    'ArnNotLike',
    'ForAnyValue:StringNotLike',
    'ForAllValues:ArnLike',
    'Null',
    'x',
  ),
  fc.dictionary(
    fc.oneof(
      WORDS,
      fc.constantFrom(
        'aws:TokenIssueTime',
        's3:max-keys',
        'aws:PrincipalOrgPaths',
        'aws:TagKeys',
        'aws:Referer',
      ),
    ),
    fc.oneof(anyValue, fc.array(anyValue, { maxLength: 3 })),
    { maxKeys: 2 },
  ),
  { maxKeys: 2 },
);
const statement = fc.record(
  {
    Effect: fc.constantFrom('Allow', 'Deny', 1),
    Action: fc.oneof(fc.constantFrom('*', 's3:*', ['s3:GetObject']), anyValue),
    NotAction: anyValue,
    Resource: fc.oneof(fc.constantFrom('*', 'arn:aws:s3:::b/*', 'arn:aws:s3:::b/${aws:Referer}'), anyValue),
    NotResource: anyValue,
    Principal: fc.oneof(fc.constantFrom('*', { AWS: '*' }), anyValue),
    NotPrincipal: anyValue,
    Condition: fc.oneof({ weight: 4, arbitrary: conditions }, { weight: 1, arbitrary: anyValue }),
  },
  { requiredKeys: ['Effect', 'Action', 'Resource'] },
);

test('no statement, however strange, makes the engine throw', () => {
  fc.assert(
    fc.property(fc.constantFrom(...TYPES), fc.array(statement, { maxLength: 3 }), (type, statements) => {
      useWhole(JSON.stringify({ Version: '2012-10-17', Statement: statements }), type);
    }),
    { numRuns: 500 },
  );
});

/** A real policy with a stretch of it broken out, doubled, or put elsewhere. */
const REAL = JSON.stringify({
  Version: '2012-10-17',
  Id: 'x',
  Statement: [
    {
      Sid: 'Read',
      Effect: 'Allow',
      Principal: { AWS: ['arn:aws:iam::111122223333:role/a', '*'], Service: 'cloudtrail.amazonaws.com' },
      Action: ['s3:GetObject', 's3:List*'],
      Resource: ['arn:aws:s3:::b', 'arn:aws:s3:::b/${aws:username}/*'],
      Condition: {
        'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-a/*' },
        NumericLessThanEquals: { 's3:max-keys': 10 },
        IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '2001:db8::/32'] },
      },
    },
    { Effect: 'Deny', NotPrincipal: '*', NotAction: 'kms:*', NotResource: '*' },
  ],
});
const mangled = fc
  .record({ from: fc.nat(REAL.length), length: fc.nat(60), to: fc.nat(REAL.length), cut: fc.boolean() })
  .map(({ from, length, to, cut }) => {
    const part = REAL.slice(from, from + length);
    const rest = cut ? REAL.slice(0, from) + REAL.slice(from + length) : REAL;
    return rest.slice(0, to) + part + rest.slice(to);
  });

const bytes = fc.uint8Array({ maxLength: 100 });
const decodedBytes = fc.oneof(
  bytes.map((given) => new TextDecoder('utf-8').decode(given)),
  bytes.map((given) => new TextDecoder('latin1').decode(given)),
);

test('no JSON, no text, no bytes and no mangled policy make the engine throw', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...TYPES),
      fc.oneof(fc.json(), fc.string(), fc.string({ unit: 'binary' }), decodedBytes, mangled),
      (type, text) => {
        useWhole(text, type);
        useWhole(`%7B${text}`, type);
        useWhole(`{"Statement":${text}}`, type);
      },
    ),
    { numRuns: 300 },
  );
});

test.each([
  ['a NUL', '"\u0000"'],
  ['a raw NUL', '"\0"'],
  ['half a pair of surrogates', '"\\ud800"'],
  ['a number beyond numbers', '1e999'],
  ['a long number', '9'.repeat(400)],
  ["an object's prototype", '{"__proto__":{"Effect":"Allow"}}'],
])('%s anywhere in a document is answered', (_, value) => {
  for (const type of TYPES) {
    for (const element of ['Version', 'Statement', '__proto__']) useWhole(`{"${element}":${value}}`, type);
    for (const element of ['Effect', 'Action', 'Resource', 'Principal', 'Condition', '__proto__']) {
      useWhole(`{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","${element}":${value}}}`, type);
    }
    useWhole(
      `{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"":${value}}}}}`,
      type,
    );
  }
});

test.each([
  ['a date beyond time itself', { DateLessThan: { 'aws:TokenIssueTime': '99999999999999' } }],
  ['a number beyond numbers', { NumericLessThan: { 's3:max-keys': '1'.repeat(400) } }],
  ["a key named as an object's prototype", { StringEquals: { ['__proto__']: 'x' } }],
  ["a key named as an object's constructor", { StringEquals: { constructor: 'x' } }],
])('%s in a condition is answered', (_, condition) => {
  const text = `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Condition":${JSON.stringify(condition)}}}`;
  expect(() => useWhole(text, 'resource')).not.toThrow();
});
