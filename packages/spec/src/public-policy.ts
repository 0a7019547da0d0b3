import { parseArn } from '@denyscope/model';
import { parseBlock } from './address.ts';
import type { Condition } from './operator.ts';
import { readDocument, type Statement } from './document.ts';

/**
 * C.7: is this policy of a bucket or an access point public in the sense of Block Public Access? It is where one Allow is open to everyone and
 * not held to fixed values of a key that tells callers apart. Actions and Deny statements do not matter.
 */
export function isPublicPolicy(document: unknown, of: 'bucket' | 'access-point' = 'bucket'): boolean {
  return readDocument(document, 'resource').some((one) => one.effect === 'Allow' && isPublic(one, of));
}

function isPublic({ principals, conditions, variables }: Statement, of: 'bucket' | 'access-point'): boolean {
  // C.7: a principal with a wildcard is no fixed value.
  const anyone = principals.not || principals.entries.some(({ value }) => !isPlain(value));
  // C.7: through itself an access point lets nobody else come.
  const telling = conditions.filter(({ key }) => of === 'bucket' || !/^s3:DataAccessPointArn$/i.test(key));
  return anyone && !telling.some((condition) => isLimiting(condition, variables));
}

/** C.7: a positive test that fails where its key is absent, all of whose values are fixed. */
function isLimiting({ key, operator, ifExists, set, values }: Condition, variables: boolean): boolean {
  const positive = /^(String(Equals|EqualsIgnoreCase|Like)|Arn(Equals|Like)|Bool|IpAddress)$/.test(operator);
  const needsKey = positive && !ifExists && set !== 'ForAllValues' && values.length > 0;
  return (
    needsKey &&
    values.every((value) => isFixed(key.toLowerCase(), value) && !(variables && value.includes('${')))
  );
}

/** C.7: no wildcard, but where that leaves the caller's account, role or organization fixed. */
function isFixed(key: string, value: string): boolean {
  switch (key) {
    case 'aws:sourceip': {
      // not broader than /8 in IPv4, /32 in IPv6; the ranges of RFC 1918 are no broader
      const block = parseBlock(value);
      return block !== undefined && block.bits.length >= (block.width === 32 ? 8 : 32);
    }
    case 's3:dataaccesspointarn': // the name may be a wildcard where the account is fixed
    case 'aws:principalarn': // [peer]: likewise
      return isPlain(value.split(':').slice(0, 5).join(':')) && parseArn(value) !== undefined;
    case 'aws:userid': // [peer]: `AROLEID:*` is every session of one role
      return isPlain(value.replace(/^([A-Z0-9]+):\*$/, '$1:'));
    case 'aws:principalorgpaths':
    case 'aws:vpceorgpaths': // I.16: paths below a fixed organization
      return isPlain(value.split('/')[0] ?? '');
    case 'aws:principalisawsservice': // I.16
      return value.toLowerCase() === 'true';
    case 'aws:principalservicename':
    case 'aws:principalservicenameslist': // I.16: only services carry it, whatever the value
      return true;
    default:
      return LIMITING_KEYS.split(' ').includes(key) && isPlain(value);
  }
}

/** C.7, with the keys that I.16 adds. */
const LIMITING_KEYS =
  'aws:principalorgid aws:principalaccount aws:sourcearn aws:sourcevpc aws:sourcevpce aws:sourceowner aws:sourceaccount ' +
  's3:dataaccesspointaccount aws:vpceaccount aws:vpceorgid aws:sourcevpcarn';

function isPlain(value: string): boolean {
  return !/[*?]/.test(value);
}
