import {
  allow,
  bucket,
  bucketPolicy,
  caller,
  decision,
  kmsKey,
  node,
  ROLE,
  identity,
} from '../question.fixture.ts';
import { seen, type Decision } from '@denyscope/model';

const endpoints = new Map([['vpce-1', { vpcId: 'vpc-1', accountId: '999988887777' }]]);

function readBy(condition: Record<string, unknown>): Decision {
  const policy = bucketPolicy(allow({ Principal: { AWS: ROLE }, Condition: condition }));
  return decision({ bucket: bucket({ policy }), endpoints });
}

describe('what the inventory knows of an endpoint that a condition names', () => {
  test.each([
    ['its VPC', { 'aws:SourceVpce': 'vpce-1', 'aws:SourceVpc': 'vpc-1' }, 'conditional'],
    ['another VPC', { 'aws:SourceVpce': 'vpce-1', 'aws:SourceVpc': 'vpc-2' }, 'denied'],
    ['its account', { 'aws:SourceVpce': 'vpce-1', 'aws:VpceAccount': '999988887777' }, 'conditional'],
    ['another account', { 'aws:SourceVpce': 'vpce-1', 'aws:VpceAccount': '111111111111' }, 'denied'],
    [
      'an endpoint that nobody knows',
      { 'aws:SourceVpce': 'vpce-2', 'aws:SourceVpc': 'vpc-2' },
      'conditional',
    ],
  ])('%s', (_, tests, expected) => {
    expect(readBy({ StringEquals: tests }).verdict).toBe(expected);
  });

  test('is in the witness, and is not said again', () => {
    const answer = readBy({ StringEquals: { 'aws:SourceVpce': 'vpce-1', 'aws:SourceVpc': 'vpc-1' } });
    expect(answer.conditionText).toBe('through vpce-1');
    expect(answer.witness).toMatchObject({ 'aws:SourceVpce': ['vpce-1'], 'aws:SourceVpc': ['vpc-1'] });
  });
});

describe('keys of the call to KMS are closed apart from those of the call to S3', () => {
  const key = kmsKey({ tags: seen(new Map()) });
  const condition = { 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'athena.amazonaws.com' } };
  const asked = {
    caller: caller(ROLE, {
      identity: identity(allow()),
      scps: [node('ou-1', allow({ Action: 's3:*' }), allow({ Action: 'kms:*', Condition: condition }))],
    }),
    bucket: bucket({ encryption: seen({ kind: 'kms', key, bucketKey: false }) }),
  };

  test.each([
    ['open', {}, 'conditional'],
    ['given as the witness prints it', { 'kms aws:CalledVia': ['athena.amazonaws.com'] }, 'allowed'],
    ['… in any case', { 'KMS AWS:calledvia': ['athena.amazonaws.com'] }, 'allowed'],
    ['given as absent', { 'kms aws:CalledVia': null }, 'denied'],
    ['given for the call to S3', { 'aws:CalledVia': ['athena.amazonaws.com'] }, 'conditional'],
  ])('%s', (_, context, expected) => {
    const answer = decision({ ...asked, context });
    expect(answer.verdict).toBe(expected);
    if (expected === 'conditional') expect(answer.witness).toHaveProperty(['kms aws:CalledVia']);
  });

  test('the key’s own keys need no prefix, and facts stay facts', () => {
    const needs = (name: string): Decision['verdict'] => {
      const policies = identity(
        allow({ Action: 's3:*' }),
        allow({ Action: 'kms:*', Condition: { StringEquals: { [name]: 'x' } } }),
      );
      return decision({ ...asked, caller: caller(ROLE, { identity: policies }), context: { [name]: ['x'] } })
        .verdict;
    };
    expect(needs('kms:EncryptionContext:project')).toBe('allowed');
    expect(needs('kms:ViaService')).toBe('denied');
  });
});
