import { seen, unreadable } from '@denyscope/model';
import { compilePolicy } from '../index.ts';
import {
  allow,
  BUCKET,
  bucket,
  bucketPolicy,
  caller,
  decision,
  deny,
  hidden,
  identity,
  ROLE,
} from '../question.fixture.ts';

const TLS_ONLY = deny({ Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });

describe('what could not be read', () => {
  const HIDDEN = hidden('the identity policy');

  test('makes the verdict unknown where it decides, with its name and both bounds', () => {
    const answer = decision({ caller: caller(ROLE, { identity: [HIDDEN] }) });
    expect(answer.verdict).toBe('unknown');
    expect(answer.missing).toEqual([{ document: 'the identity policy', reason: 'AccessDenied' }]);
    expect(answer.bounds).toEqual({ worst: 'denied', best: 'allowed' });
    expect(answer.witness).toBeNull();
  });

  test('does not matter where another layer refuses, whatever it says', () => {
    const answer = decision({
      caller: caller(ROLE, { identity: [HIDDEN] }),
      bucket: bucket({ policy: bucketPolicy(deny({ Principal: '*' })) }),
    });
    expect([answer.verdict, answer.missing]).toEqual(['denied', []]);
  });

  test('matters beside a grant, since it may deny', () => {
    const answer = decision({ caller: caller(ROLE, { identity: [...identity(allow()), HIDDEN] }) });
    expect([answer.verdict, answer.bounds]).toEqual(['unknown', { worst: 'denied', best: 'allowed' }]);
  });

  test('names only the documents that change the answer', () => {
    const answer = decision({
      caller: caller(ROLE, { identity: identity(allow()), boundary: [hidden('the boundary')] }),
      bucket: bucket({
        acl: unreadable('AccessDenied'),
        ownership: seen('ObjectWriter'),
        payer: unreadable('AccessDenied'),
      }),
    });
    expect(answer.missing.map((missing) => missing.document)).toEqual(['the boundary']);
  });

  test('leaves a condition that holds either way', () => {
    const tls = {
      policy: bucketPolicy(TLS_ONLY),
      acl: unreadable('AccessDenied'),
      ownership: seen('ObjectWriter'),
    } as const;
    const answer = decision({ caller: caller(ROLE, { identity: identity(allow()) }), bucket: bucket(tls) });
    expect([answer.verdict, answer.conditionText, answer.missing]).toEqual(['conditional', 'over TLS', []]);
  });

  test('a statement that does not parse is unreadable by its place, and the rest of its document is read', () => {
    const text = JSON.stringify({ Version: '2012-10-17', Statement: [allow(), { Effect: 'Deny' }] });
    const source = { document: 'd', attachedTo: 'd', policy: seen(compilePolicy(text, 'identity')) };
    const answer = decision({ caller: caller(ROLE, { identity: [source] }) });
    expect(answer.missing.map((missing) => missing.document)).toEqual(['d/Statement/1']);
    expect(answer.missing[0]?.reason).toMatch(/^MalformedPolicy: /);
    expect(answer.bounds).toEqual({ worst: 'denied', best: 'allowed' });
  });

  test('tags that nobody could read are a fact, not a free choice', () => {
    const tagged = identity(
      allow({ Condition: { StringEquals: { 'aws:PrincipalTag/team': 'a' } } }),
      deny({ Condition: { StringNotEquals: { 'aws:PrincipalTag/team': 'a' } } }),
    );
    const answer = decision({ caller: caller(ROLE, { identity: tagged, tags: unreadable('AccessDenied') }) });
    expect([answer.verdict, answer.bounds]).toEqual(['unknown', { worst: 'denied', best: 'allowed' }]);
    const known = caller(ROLE, { identity: tagged, tags: seen(new Map([['Team', 'a']])) });
    expect(decision({ caller: known }).verdict).toBe('allowed');
  });

  test('a variable over them is as unknown', () => {
    const home = identity(allow({ Resource: `${BUCKET}/\${aws:PrincipalTag/team}/*` }));
    expect(
      decision({ caller: caller(ROLE, { identity: home, tags: unreadable('AccessDenied') }) }).verdict,
    ).toBe('unknown');
    expect(decision({ caller: caller(ROLE, { identity: home }) }).verdict).toBe('denied');
    const known = caller(ROLE, { identity: home, tags: seen(new Map([['team', 'a']])) });
    expect(decision({ caller: known }).conditionText).toBe('objects under a/ only');
  });

  test('a boundary of which nobody knows leaves a Deny with NotPrincipal open', () => {
    const policy = bucketPolicy(deny({ NotPrincipal: { AWS: ROLE } }));
    const unknown = caller(ROLE, {
      identity: identity(allow()),
      boundaryIsKnown: false,
      boundary: [hidden('boundary')],
    });
    expect(decision({ caller: unknown, bucket: bucket({ policy }) }).verdict).toBe('unknown');
    expect(
      decision({ caller: caller(ROLE, { identity: identity(allow()) }), bucket: bucket({ policy }) }).verdict,
    ).toBe('allowed');
  });
});
