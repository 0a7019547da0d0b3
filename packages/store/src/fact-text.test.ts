import { type SnapshotLine, canonicalJson } from '@denyscope/model';
import * as fc from 'fast-check';
import { StoreError } from './error.ts';
import { type FactText, factTextOf, lineOf, referencesIn } from './fact-text.ts';

const documentsOf = (fact: FactText): Map<string, string> =>
  new Map(fact.documents.map(({ sha256, body }) => [sha256, body]));

const read = (fact: FactText): SnapshotLine => lineOf(fact.body, documentsOf(fact));

const bucket = (data: SnapshotLine['data']): SnapshotLine => ({
  kind: 'bucket',
  accountId: '111122223333',
  data,
});

describe('the kept form of a line', () => {
  test.each([
    ['text', '{"Version":"2012-10-17"}'],
    ['text with NUL, a lone surrogate and a quote', '\0 \ud800 " \\'],
    ['text that reads as a reference', `{"$document":"${'a'.repeat(64)}"}`],
    ['an object', { Statement: [{ Effect: 'Deny' }] }],
    ['an object that reads as a reference', { $document: 'a'.repeat(64) }],
    ['an object with keys that read as escaped', { $$document: 1, $$$document: { $document: 2 } }],
  ])('takes out a policy that is %s, and gives it back', (_, policy) => {
    const line = bucket({ Name: 'logs', Policy: policy });
    const fact = factTextOf(line);
    expect(fact.documents).toHaveLength(1);
    expect(referencesIn(fact.body)).toEqual(fact.documents.map(({ sha256 }) => sha256));
    expect(canonicalJson(read(fact))).toBe(canonicalJson(line));
  });

  test('takes out every document of a role', () => {
    const line: SnapshotLine = {
      kind: 'iam-role',
      accountId: '111122223333',
      data: {
        Arn: 'arn:aws:iam::111122223333:role/r',
        AssumeRolePolicyDocument: '%7B%7D',
        RolePolicyList: [
          { PolicyName: 'a', PolicyDocument: '{"a":1}' },
          { PolicyName: 'b', PolicyDocument: { b: 1 } },
        ],
      },
    };
    const fact = factTextOf(line);
    expect(fact.documents.map(({ body }) => body)).toEqual(['"%7B%7D"', '"{\\"a\\":1}"', '{"b":1}']);
    expect(read(fact)).toEqual(line);
  });

  test('leaves in place what is no document, and keys that read as a reference', () => {
    const line = bucket({
      Name: 'logs',
      Policy: null,
      Content: ['x'],
      $document: 'y',
      __proto__x: { $$document: [] },
    });
    const fact = factTextOf(line);
    expect(fact.documents).toEqual([]);
    expect(read(fact)).toEqual(line);
  });

  test('keeps a member named __proto__', () => {
    const line = bucket({ Name: 'logs', Tags: JSON.parse('{"__proto__":{"Policy":"p"}}') });
    expect(canonicalJson(read(factTextOf(line)))).toBe(canonicalJson(line));
    expect(canonicalJson(line)).toContain('__proto__');
  });

  test('holds no NUL and no lone surrogate, whatever the line holds', () => {
    const any = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.string({ unit: 'binary' }),
        fc.constantFrom('\0', '\ud800', '"', '{"$document":"x"}', null, 1),
        fc.array(tie('value')),
        fc.dictionary(
          fc.constantFrom('Policy', 'Content', '$document', '$$document', 'a', '\ud800', '\0'),
          tie('value'),
        ),
      ),
    })).value;
    fc.assert(
      fc.property(any, (inner) => {
        const line = bucket({ Name: 'logs', inner });
        const fact = factTextOf(line);
        for (const text of [fact.body, ...fact.documents.map(({ body }) => body)]) {
          expect(text.isWellFormed()).toBe(true);
          expect(text).not.toContain('\0');
        }
        expect(canonicalJson(read(fact))).toBe(canonicalJson(line));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('the content hash', () => {
  const line = bucket({ Name: 'logs', Policy: 'p' });

  test('does not see when the line was fetched', () => {
    const earlier = factTextOf({ ...line, fetchedAt: '2026-11-21T02:00:00Z' });
    const later = factTextOf({ ...line, fetchedAt: '2026-11-22T02:00:00Z' });
    expect(later.contentHash).toBe(earlier.contentHash);
    expect(later.body).not.toBe(earlier.body);
    expect(earlier.contentHash).toBe(factTextOf(line).contentHash);
  });

  test('sees a changed document', () => {
    expect(factTextOf(bucket({ Name: 'logs', Policy: 'q' })).contentHash).not.toBe(
      factTextOf(line).contentHash,
    );
  });
});

describe('a damaged row', () => {
  test.each([
    ['without its document', `{"data":{"Policy":{"$document":"${'a'.repeat(64)}"}},"kind":"bucket"}`],
    ['that is no line', '[]'],
    ['without data', '{"kind":"bucket"}'],
  ])('%s is refused', (_, body) => {
    expect(() => lineOf(body, new Map())).toThrow(StoreError);
  });
});
