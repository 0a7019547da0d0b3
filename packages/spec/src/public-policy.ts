import { parseArn } from '@denyscope/model';
import { parseBlock } from './address.ts';
import type { Condition } from './condition.ts';
import { readDocument, type Statement } from './document.ts';

/**
 * C.7: is this bucket policy public in the sense of Block Public Access? It is where one Allow is open to everyone and
 * not held to fixed values of a key that tells callers apart. Actions and Deny statements do not matter.
 */
export function isPublicPolicy(document: unknown): boolean {
  const { statements } = readDocument(document, 'resource');
  return statements.some((statement) => statement.effect === 'Allow' && isPublic(statement));
}

function isPublic({ principals, conditions, variables }: Statement): boolean {
  // C.7: a principal with a wildcard is no fixed value.
  const anyone = principals.not || principals.entries.some(({ value }) => !isPlain(value));
  return anyone && !conditions.some((condition) => isLimiting(condition, variables));
}

/** C.7: a positive test that fails where its key is absent, all of whose values are fixed. */
function isLimiting(condition: Condition, variables: boolean): boolean {
  const { operator, ifExists, set, values } = condition;
  const positive = /^(StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike|Bool|IpAddress)$/.test(
    operator,
  );
  const needsKey = positive && !ifExists && set !== 'ForAllValues';
  const variable = variables && values.some((value) => value.includes('${'));
  const fixed = values.length > 0 && values.every((value) => isFixed(condition.key.toLowerCase(), value));
  return needsKey && fixed && !variable;
}

function isFixed(key: string, value: string): boolean {
  switch (key) {
    case 'aws:sourceip':
      return isNarrow(value);
    case 's3:dataaccesspointarn': // C.7: the name may be a wildcard where the account is fixed
    case 'aws:principalarn': // C.7 [peer]: likewise
      return isPlain(value.split(':').slice(0, 5).join(':')) && parseArn(value) !== undefined;
    case 'aws:userid': // C.7 [peer]: `AROLEID:*` is every session of one role
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

/** C.7: no wildcard. */
function isPlain(value: string): boolean {
  return !/[*?]/.test(value);
}

/** C.7: not broader than /8 in IPv4, /32 in IPv6. The private ranges of RFC 1918 are no broader than that. */
function isNarrow(value: string): boolean {
  const block = parseBlock(value);
  return block !== undefined && block.prefix >= (block.width === 32 ? 8 : 32);
}
