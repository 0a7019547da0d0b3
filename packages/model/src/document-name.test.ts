import { documentName, statementName } from './document-name.ts';

test.each([
  ['arn:aws:organizations::123456789012:policy/o-1/service_control_policy/p-12345678', 'p-12345678'],
  ['arn:aws:iam::aws:policy/job-function/ViewOnlyAccess', 'ViewOnlyAccess'],
  ['arn:aws:iam::123456789012:role/team/app#inline/read', 'inline policy read'],
  ['arn:aws:iam::123456789012:role/team/app#session/a/b', 'session policy a/b'],
  ['arn:aws:iam::123456789012:role/team/app#boundary', 'permissions boundary'],
  ['arn:aws:iam::123456789012:role/team/app#trust', 'trust policy'],
  ['arn:aws:s3:::b#policy', 'bucket policy'],
  ['arn:aws:s3:::b#acl', 'ACL'],
  ['arn:aws:s3:eu-west-1:123456789012:accesspoint/p#policy', 'access point policy'],
  ['arn:aws:kms:eu-west-1:123456789012:key/k#policy', 'key policy'],
  ['arn:aws:kms:eu-west-1:123456789012:key/k#grant/g', 'grant g'],
  ['vpce-1#policy', 'policy of vpce-1'],
  ['something#else', 'something#else'],
  ['resource policy', 'resource policy'],
  ['', ''],
])('the document %j is named %j', (document, expected) => {
  expect(documentName(document)).toBe(expected);
});

test.each([
  [{ document: 'p-1', sid: 'DenyAll', path: '/Statement/0' }, 'DenyAll of p-1'],
  [{ document: 'p-1', sid: null, path: '/Statement/2' }, 'statement 2 of p-1'],
  [{ document: 'p-1', sid: null, path: '/Statement' }, 'p-1'],
  [{ document: 'arn:aws:kms:eu-west-1:1:key/k#grant/g', sid: null, path: '' }, 'grant g'],
])('the statement %j is named %j', (ref, expected) => {
  expect(statementName(ref)).toBe(expected);
});
