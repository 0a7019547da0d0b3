import type { Words } from './words.ts';

/** A phrase for tests that read alike. */
interface Row {
  readonly key: string;
  readonly tests: string;
  readonly words: Words;
}

function row(key: string, tests: string, ...words: Words): Row {
  return { key, tests, words };
}

/** Phrases for what people meet most, by key and test; `present` is a test here. */
// prettier-ignore
const ROWS: readonly Row[] = [
  row('aws:sourcevpce', 'equals', 'through {}', 'not through {}', 'through a VPC endpoint other than {}'),
  row('aws:sourcevpce', 'like', 'through an endpoint like {}', 'not through an endpoint like {}'),
  row('aws:sourcevpce', 'present', 'through a VPC endpoint', 'not through a VPC endpoint'),
  row('aws:sourcevpc', 'equals', 'from {}', 'not from {}', 'from a VPC other than {}'),
  row('aws:sourcevpc', 'present', 'from a VPC', 'not from a VPC'),
  row('aws:sourcevpcarn', 'equals like arn-like', 'from the VPC {}', 'not from the VPC {}'),
  row('aws:sourceip', 'in', 'from {}', 'not from {}', 'from a public address outside {}'),
  row('aws:sourceip', 'present', 'from a public address', 'not from a public address'),
  row('aws:vpcsourceip', 'in', 'from {} in a VPC', 'not from {} in a VPC', 'from a VPC, outside {}'),
  row('aws:vpcsourceip', 'present', 'from a VPC', 'not from a VPC'),
  row('aws:vpceaccount', 'equals', 'through a VPC endpoint of account {}', 'not through a VPC endpoint of account {}', 'through a VPC endpoint of an account other than {}'),
  row('aws:vpceorgid', 'equals', 'through a VPC endpoint of organization {}', 'not through a VPC endpoint of organization {}', 'through a VPC endpoint outside organization {}'),
  row('aws:vpceorgpaths', 'some', 'through a VPC endpoint of {}', 'not through a VPC endpoint of {}'),
  row('aws:calledvia', 'some', 'through {}', 'not through {}'),
  row('aws:calledviafirst', 'equals', 'through {} first', 'not through {} first'),
  row('aws:calledvialast', 'equals', 'through {} last', 'not through {} last'),
  row('aws:sourceaccount', 'equals', 'on behalf of account {}', 'not on behalf of account {}', 'on behalf of an account other than {}'),
  row('aws:sourceaccount', 'present', 'on behalf of an account', 'not on behalf of an account'),
  row('aws:sourcearn', 'equals like arn-like', 'on behalf of {}', 'not on behalf of {}', 'on behalf of a resource other than {}'),
  row('aws:sourcearn', 'present', 'on behalf of a resource', 'not on behalf of a resource'),
  row('aws:sourceorgid', 'equals', 'on behalf of an account of organization {}', 'not on behalf of an account of organization {}'),
  row('aws:sourceorgpaths', 'some', 'on behalf of an account of {}', 'not on behalf of an account of {}'),
  row('aws:sourceidentity', 'equals like', 'with the source identity {}', 'not with the source identity {}'),
  row('aws:tokenissuetime', 'date-less', 'in a session from before {}', 'not in a session from before {}', 'in a session from {} or later'),
  row('aws:tokenissuetime', 'date-less-or-equal', 'in a session from {} or earlier', 'not in a session from {} or earlier', 'in a session from after {}'),
  row('aws:tokenissuetime', 'present', 'with temporary credentials', 'with long-term credentials'),
  row('aws:multifactorauthpresent', 'present', 'with temporary credentials', 'with long-term credentials'),
  row('aws:multifactorauthage', 'numeric-less numeric-less-or-equal', 'with MFA within the last {}', 'not with MFA within the last {}', 'with MFA more than {} ago'),
  row('aws:multifactorauthage', 'present', 'with MFA', 'without MFA'),
  row('aws:currenttime', 'date-less', 'before {}', 'not before {}', 'from {} on'),
  row('aws:currenttime', 'date-less-or-equal', 'until {}', 'after {}', 'after {}'),
  row('aws:epochtime', 'date-less', 'before {}', 'not before {}', 'from {} on'),
  row('aws:epochtime', 'date-less-or-equal', 'until {}', 'after {}', 'after {}'),
  row('aws:useragent', 'equals like', 'with the user agent {}', 'not with the user agent {}', 'with a user agent other than {}'),
  row('aws:referer', 'equals like', 'with the referer {}', 'not with the referer {}', 'with a referer other than {}'),
  row('aws:referer', 'present', 'with a referer', 'without a referer'),
  row('session-name', 'equals like', 'in the session {}', 'not in the session {}'),
  row('s3:max-keys', 'numeric-less-or-equal', 'asking for at most {} keys', 'not asking for at most {} keys', 'asking for more than {} keys'),
  row('s3:delimiter', 'equals', 'with the delimiter {}', 'not with the delimiter {}'),
  row('s3:prefix', 'present', 'listing a prefix', 'listing without a prefix'),
  row('s3:versionid', 'equals like', 'version {} only', 'not version {}'),
  row('s3:tlsversion', 'numeric-less', 'with TLS older than {}', 'not with TLS older than {}', 'with TLS {} or newer'),
  row('s3:tlsversion', 'numeric-less-or-equal', 'with TLS {} or older', 'not with TLS {} or older', 'with TLS newer than {}'),
  row('s3:tlsversion', 'numeric-equals', 'with TLS {}', 'not with TLS {}', 'with TLS other than {}'),
  row('s3:tlsversion', 'present', 'over TLS', 'without TLS'),
  row('s3:signatureage', 'numeric-less numeric-less-or-equal', 'with a signature of the last {}', 'not with a signature of the last {}', 'with a signature older than {}'),
  row('s3:signatureversion', 'equals', 'signed with {}', 'not signed with {}'),
  row('s3:authtype', 'equals', 'authenticated by {}', 'not authenticated by {}'),
  row('s3:accesspointnetworkorigin', 'equals', 'through an access point with the network origin {}', 'not through an access point with the network origin {}'),
  row('s3:dataaccesspointarn', 'equals like arn-like', 'through {}', 'not through {}'),
  row('s3:dataaccesspointaccount', 'equals', 'through an access point of account {}', 'not through an access point of account {}'),
  row('routed-to', 'equals', 'when routed to {}', 'when not routed to {}'),
  row('s3:dataaccesspointarn', 'present', 'through an access point', 'not through an access point'),
  row('aws:tagkeys', 'some', 'naming the tag key {}', 'naming none of the tag keys {}'),
  row('s3:requestobjecttagkeys', 'some', 'naming the tag key {}', 'naming none of the tag keys {}'),
  row('aws:principalorgid', 'equals like', 'for callers of organization {}', 'for callers outside organization {}'),
  row('aws:principalorgid', 'present', 'for callers of an organization', 'for callers of no organization'),
  row('aws:principalorgpaths', 'some', 'for callers of {}', 'for callers outside {}'),
  row('aws:principalaccount', 'equals', 'for callers of account {}', 'for callers outside account {}'),
  row('aws:principalarn', 'equals like arn-like', 'for {}', 'for all but {}'),
  row('aws:principaltype', 'equals', 'for callers of type {}', 'for callers not of type {}'),
  row('aws:principalservicename', 'equals like', 'for {}', 'for all but {}'),
  row('aws:username', 'equals like', 'for the user {}', 'for all but the user {}'),
  row('aws:requestedregion', 'equals like', 'in {}', 'outside {}'),
  row('aws:resourceaccount', 'equals', 'on resources of account {}', 'on resources outside account {}'),
  row('aws:resourceorgid', 'equals', 'on resources of organization {}', 'on resources outside organization {}'),
  row('aws:resourceorgpaths', 'some', 'on resources of {}', 'on resources outside {}'),
  row('s3:resourceaccount', 'equals', 'on buckets of account {}', 'on buckets outside account {}'),
  row('kms:calleraccount', 'equals', 'for callers of account {}', 'for callers outside account {}'),
  row('kms:resourcealiases', 'some', 'on keys with the alias {}', 'on keys without the alias {}'),
  row('kms:viaservice', 'equals like', 'through {}', 'not through {}'),
];

/** Phrases for keys that end in a name of their own. */
// prettier-ignore
const FAMILY_ROWS: readonly Row[] = [
  row('s3:existingobjecttag/', 'equals like', 'objects with the tag {name} = {} only', 'no objects with the tag {name} = {}', 'objects with a tag {name} other than {} only'),
  row('s3:existingobjecttag/', 'present', 'objects with the tag {name} only', 'no objects with the tag {name}'),
  row('s3:requestobjecttag/', 'equals like', 'setting the object tag {name} = {}', 'not setting the object tag {name} = {}', 'setting the object tag {name} to other than {}'),
  row('s3:requestobjecttag/', 'present', 'setting the object tag {name}', 'not setting the object tag {name}'),
  row('aws:requesttag/', 'equals like', 'setting the tag {name} = {}', 'not setting the tag {name} = {}', 'setting the tag {name} to other than {}'),
  row('aws:requesttag/', 'present', 'setting the tag {name}', 'not setting the tag {name}'),
  row('aws:principaltag/', 'equals like', 'where the caller has the tag {name} = {}', 'where the caller has no tag {name} = {}'),
  row('aws:principaltag/', 'present', 'where the caller has the tag {name}', 'where the caller has no tag {name}'),
  row('aws:resourcetag/', 'equals like', 'where the resource has the tag {name} = {}', 'where the resource has no tag {name} = {}'),
  row('aws:resourcetag/', 'present', 'where the resource has the tag {name}', 'where the resource has no tag {name}'),
  row('s3:buckettag/', 'equals like', 'where the bucket has the tag {name} = {}', 'where the bucket has no tag {name} = {}'),
  row('s3:accesspointtag/', 'equals like', 'through an access point with the tag {name} = {}', 'not through an access point with the tag {name} = {}'),
  row('kms:encryptioncontext:', 'equals like arn-like', 'where the encryption context has {name} = {}', 'where the encryption context has no {name} = {}'),
  row('kms:encryptioncontext:', 'present', 'where the encryption context has {name}', 'where the encryption context has no {name}'),
  row('s3:x-amz-', 'equals like arn-like', 'with the header x-amz-{name}: {}', 'not with the header x-amz-{name}: {}', 'with a header x-amz-{name} other than {}'),
  row('s3:x-amz-', 'present', 'with the header x-amz-{name}', 'without the header x-amz-{name}'),
  row('x-amz-', 'equals like', 'with the header x-amz-{name}: {}', 'not with the header x-amz-{name}: {}'),
  row('s3:if-', 'equals like', 'with the header If-{name}: {}', 'not with the header If-{name}: {}'),
  row('s3:if-', 'present', 'with the header If-{name}', 'without the header If-{name}'),
];

const BY_TEST: ReadonlyMap<string, Words> = new Map(
  ROWS.flatMap(({ key, tests, words }) => tests.split(' ').map((test) => [`${key} ${test}`, words])),
);

/** The phrase for a test of a key, or for its presence; undefined where there is none. */
export function phraseFor(key: string, test: string): Words | undefined {
  const exact = BY_TEST.get(`${key} ${test}`);
  if (exact) return exact;
  const family = FAMILY_ROWS.find((each) => key.startsWith(each.key) && each.tests.split(' ').includes(test));
  if (!family) return undefined;
  const name = key.slice(family.key.length);
  const [positive, negative, other] = family.words;
  const named = (text: string): string => text.replace('{name}', () => name);
  return other === undefined
    ? [named(positive), named(negative)]
    : [named(positive), named(negative), named(other)];
}

/** Phrases by key and value, for keys of few values. What is not false may be absent, where it can be. */
// prettier-ignore
export const VALUE_PHRASES: ReadonlyMap<string, Words> = new Map([
  ['aws:securetransport true', ['over TLS', 'without TLS']],
  ['aws:securetransport false', ['without TLS', 'over TLS']],
  ['aws:multifactorauthpresent true', ['with MFA', 'without MFA', 'with temporary credentials without MFA']],
  ['aws:multifactorauthpresent false', ['with temporary credentials without MFA', 'with MFA or with long-term credentials', 'with MFA']],
  ['aws:viaawsservice true', ['through an AWS service', 'not through an AWS service']],
  ['aws:viaawsservice false', ['not through an AWS service', 'through an AWS service']],
  ['aws:principalisawsservice true', ['for AWS services', 'for callers that are no AWS service']],
  ['aws:principalisawsservice false', ['for callers that are no AWS service', 'for AWS services']],
  ['object-lock-retained true', ['objects under retention only', 'no objects under retention']],
  ['s3:authtype REST-QUERY-STRING', ['by a presigned URL', 'not by a presigned URL']],
  ['s3:authtype REST-HEADER', ['signed in a header', 'not signed in a header']],
  ['s3:authtype POST', ['by a form upload', 'not by a form upload']],
  ['s3:signatureversion AWS4-HMAC-SHA256', ['signed with Signature Version 4', 'not signed with Signature Version 4']],
  ['s3:objectcreationoperation true', ['creating an object', 'not creating an object']],
]);

/** What the values of a key are, where too many of them are counted. */
const NOUNS: ReadonlyMap<string, string> = new Map([
  ['aws:sourcevpce', 'endpoints'],
  ['aws:sourcevpc', 'VPCs'],
  ['aws:sourceip', 'ranges'],
  ['aws:vpcsourceip', 'ranges'],
  ['aws:sourceaccount', 'accounts'],
  ['aws:vpceaccount', 'accounts'],
  ['aws:sourcearn', 'resources'],
  ['aws:calledvia', 'services'],
  ['aws:tagkeys', 'tag keys'],
  ['session-name', 'sessions'],
]);

/** The plural of what the key's values are. */
export function nounFor(key: string): string {
  return NOUNS.get(key) ?? 'values';
}
