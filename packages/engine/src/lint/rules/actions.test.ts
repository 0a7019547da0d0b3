import { said, saidOf } from '../lint.fixture.ts';
import type { LintOptions } from '../subject.ts';

type Row = readonly [
  what: string,
  statement: Readonly<Record<string, unknown>>,
  said: readonly string[],
  options?: Partial<LintOptions>,
];

const table = (rows: readonly Row[]) => test.each(rows.map((row) => [row[0], row] as const));

function check(_what: string, [, statement, expected, options]: Row): void {
  expect(said(statement, options)).toEqual(expected);
}

const ANY = { Resource: '*' };

// prettier-ignore
describe('actions', () => {
  table([
    ['a call that is no action', { Action: ['s3:GetObject', 's3:HeadObject'] }, ['unknown-action error Action/1']],
    ['a slip in the name', { Action: 's3:GetObjects' }, ['unknown-action error Action']],
    ['any case', { Action: 'S3:getobject' }, []],
    ['a wildcard that hits something', { Action: 's3:GetObj?ct*' }, []],
    ['a wildcard that hits nothing', { Action: 's3:Fetch*' }, ['unknown-action warning Action']],
    ['another service, which may be newer than its list', { Action: 'ec2:RunInstance', ...ANY }, ['unknown-action warning Action']],
    ['another service', { Action: 'ec2:RunInstances', ...ANY }, []],
    ['a service that there is not', { Action: ['ss3:GetObject', 'ss3:PutObject'], ...ANY }, ['unknown-action warning Action/0']],
    ['no service', { Action: 'GetObject', ...ANY }, ['unknown-action error Action']],
    ['a wildcard for the service', { Action: 's?:GetObject', ...ANY }, ['unknown-action error Action']],
    ['everything', { Action: '*', ...ANY }, []],
    ['what is not meant', { Action: undefined, NotAction: 's3:HeadObject', ...ANY }, ['unknown-action error NotAction']],
    ["AWS's own policy", { Action: 'ec2:RunInstance', ...ANY }, [], { owner: 'aws' }],
  ])('unknown-action: %s', check);

  table([
    ['an object action on the bucket', { Resource: 'arn:aws:s3:::b' }, ['action-resource error Action']],
    ['a bucket action on the objects', { Action: 's3:ListBucket' }, ['action-resource error Action']],
    ['both on both', { Action: ['s3:ListBucket', 's3:GetObject'], Resource: ['arn:aws:s3:::b', 'arn:aws:s3:::b/*'] }, []],
    ['one of two', { Action: ['s3:GetObject', 's3:ListBucket'] }, ['action-resource error Action/1']],
    ['a star that spans bucket and objects', { Action: ['s3:ListBucket', 's3:GetObject'], Resource: 'arn:aws:s3:::b*' }, []],
    ['a wildcard of which no action fits', { Action: 's3:GetObject*', Resource: 'arn:aws:s3:::b' }, ['action-resource warning Action']],
    ['a wildcard of which some fit', { Action: 's3:Get*', Resource: 'arn:aws:s3:::b' }, []],
    ['a resource for which no action is', { Resource: ['arn:aws:s3:::b/*', 'arn:aws:s3:::b'] }, ['action-resource warning Resource/1']],
    ['an access point', { Action: ['s3:GetObject'], Resource: 'arn:aws:s3:eu-west-1:111122223333:accesspoint/a/object/*' }, []],
    ['an action without a resource type', { Action: 's3:ListAllMyBuckets', Resource: 'arn:aws:s3:::b' }, ['action-resource error Action']],
    ["AWS's sample of that", { Action: 's3:ListAllMyBuckets', Resource: 'arn:aws:s3:::*' }, []],
    ['a KMS alias for what is done with a key', { Action: 'kms:Decrypt', Resource: 'arn:aws:kms:*:111122223333:alias/a' }, ['action-resource error Action']],
    ['a key', { Action: 'kms:Decrypt', Resource: 'arn:aws:kms:*:111122223333:key/*' }, []],
    ['a role', { Action: 'sts:AssumeRole', Resource: 'arn:aws:iam::111122223333:role/a/b' }, []],
    ['a variable may be anything', { Resource: 'arn:aws:s3:::b${aws:PrincipalTag/rest}' }, []],
    ['of other services it cannot be told', { Action: ['sqs:SendMessage', 's3:GetObject'], Resource: ['arn:aws:s3:::b/*', 'arn:aws:sqs:*:*:q'] }, []],
    ['nor of what is not meant', { Action: undefined, NotAction: 's3:GetObject', Resource: 'arn:aws:s3:::b' }, []],
    ['nor of all but some resources', { Resource: undefined, NotResource: 'arn:aws:s3:::b' }, []],
  ])('action-resource: %s', check);

  table([
    ['a name alone', { Resource: 'my-bucket/*' }, ['malformed-arn error Resource']],
    ['too few parts, which an identity policy fills in', { Resource: 'arn:aws:s3' }, ['malformed-arn warning Resource']],
    ['too few parts in an SCP', { Resource: 'arn:aws:s3*', Effect: 'Deny' }, ['malformed-arn error Resource'], { type: 'scp' }],
    ['too few parts in a policy of a resource', { Resource: 'arn:aws:s3', Principal: '*' }, ['malformed-arn error Resource'], { type: 'resource' }],
    ['the same with a wildcard', { Resource: 'arn:aws:s3*', Principal: '*' }, ['malformed-arn warning Resource'], { type: 'resource' }],
    ['a wildcard for the scheme', { Resource: '*:*:s3:::b/*' }, []],
  ])('malformed-arn: %s', check);

  table([
    ['around it', { Resource: ' arn:aws:s3:::b/*' }, ['whitespace-in-arn error Resource']],
    ['behind it', { Resource: ['arn:aws:s3:::b/* '] }, ['whitespace-in-arn error Resource/0']],
    ["in a bucket's name", { Resource: 'arn:aws:s3:::my bucket/*' }, ['whitespace-in-arn error Resource']],
    ['in the key of an object, where it may be', { Resource: 'arn:aws:s3:::b/my folder/*' }, []],
    ['in an ARN of a condition', { Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::b ' } } }, ['whitespace-in-arn error Condition/ArnLike/aws:SourceArn']],
    ['in another value', { Condition: { StringEquals: { 'aws:PrincipalTag/a': 'two words ' } } }, []],
    ['in a principal', { Principal: { AWS: 'arn:aws:iam::111122223333:role/a ' } }, ['whitespace-in-arn error Principal/AWS'], { type: 'bucket' }],
    ['in the one principal that has spaces', { Principal: { AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E2QWRUHAPOMQZL' } }, [], { type: 'bucket' }],
  ])('whitespace-in-arn: %s', check);

  table([
    ['another partition', { Resource: 'arn:aws-cn:s3:::b/*' }, ['partition warning Resource'], { partition: 'aws' }],
    ['its own', { Resource: 'arn:aws-cn:s3:::b/*' }, [], { partition: 'aws-cn' }],
    ['any', { Resource: 'arn:*:s3:::b/*' }, [], { partition: 'aws' }],
    ['the partition was not told', { Resource: 'arn:aws-cn:s3:::b/*' }, []],
  ])('partition: %s', check);

  const bucket = { type: 'bucket', bucket: 'b' } as const;
  table([
    ['another bucket', { Principal: '*', Resource: 'arn:aws:s3:::c/*' }, ['foreign-resource error Resource'], bucket],
    ['this bucket', { Principal: '*' }, [], bucket],
    ['a pattern that may be this bucket', { Principal: '*', Resource: 'arn:aws:s3:::*/x' }, [], bucket],
    ['which bucket it is was not told', { Principal: '*', Resource: 'arn:aws:s3:::c/*' }, [], { type: 'bucket' }],
    ['a KMS action in a bucket policy', { Principal: '*', Action: ['kms:Decrypt', 's3:GetObject'], Resource: '*' }, ['foreign-resource warning Action/0'], bucket],
    ['an S3 action in a key policy', { Principal: '*', Action: 's3:*', Resource: '*' }, ['foreign-resource warning Action'], { type: 'key' }],
    ['any action in a policy of some resource', { Principal: '*', Action: 'kms:Decrypt', Resource: '*' }, [], { type: 'resource' }],
  ])('foreign-resource: %s', check);

  table([
    ['no action', { Action: [] }, ['dead-statement warning Action']],
    ['no resource', { Resource: [] }, ['dead-statement warning Resource']],
    ['no principal', { Principal: { AWS: [] } }, ['dead-statement warning Principal'], { type: 'bucket' }],
    ['all actions but none', { Action: undefined, NotAction: [] }, []],
  ])('dead-statement: a list of %s', check);
});

test('duplicate-statement: order, case and Sid do not make a difference, the effect does', () => {
  const one = {
    Sid: 'a',
    Effect: 'Allow',
    Action: ['s3:GetObject', 's3:PutObject'],
    Resource: 'arn:aws:s3:::b/*',
  };
  const same = {
    Sid: 'b',
    Effect: 'Allow',
    Action: ['s3:putObject', 's3:GetObject'],
    Resource: ['arn:aws:s3:::b/*'],
  };
  const document = {
    Version: '2012-10-17',
    Statement: [one, { ...same, Effect: 'Deny' }, same, { ...same, Resource: '*' }],
  };
  expect(saidOf(document)).toEqual(['duplicate-statement warning /Statement/2']);
});

test.each<readonly [Partial<LintOptions>, number, readonly string[]]>([
  [{ type: 'identity' }, 6000, []],
  [{ type: 'identity' }, 6500, ['oversize info ']],
  [{ type: 'identity' }, 11_000, ['oversize error ']],
  [{ type: 'identity', owner: 'aws' }, 11_000, []],
  [{ type: 'boundary' }, 6500, ['oversize error ']],
  [{ type: 'scp' }, 5000, []],
  [{ type: 'scp' }, 6000, ['oversize info ']],
  [{ type: 'scp' }, 11_000, ['oversize error ']],
])('oversize: %j of %i characters', (options, size, expected) => {
  const statement = { Effect: 'Deny', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/KEY' };
  const text = JSON.stringify({ Version: '2012-10-17', Statement: statement });
  expect(saidOf(text.replace('KEY', 'k'.repeat(size - text.length)), options)).toEqual(expected);
});

test.each<readonly [Partial<LintOptions>, boolean]>([
  [{ type: 'identity' }, false],
  [{ type: 'scp' }, true],
])('oversize: white space counts in %j: %j', (options, counts) => {
  const text = JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Deny', Action: '*', Resource: '*' },
  });
  expect(saidOf(`${text}${' '.repeat(12_000)}`, options)).toEqual(counts ? ['oversize error '] : []);
});
