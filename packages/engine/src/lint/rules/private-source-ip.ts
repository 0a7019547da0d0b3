import { isWithin, parseRange, type AddressRange } from '../../condition/tests/in.ts';
import type { Rule } from '../rule.ts';

/** RFC 1918, RFC 6598, loopback, link-local, and their likes of IPv6. */
const PRIVATE: readonly AddressRange[] = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  'fc00::/7',
  'fe80::/10',
  '::1',
].flatMap((text) => parseRange(text) ?? []);

/** `aws:SourceIp` holds public addresses only (semantics.md C.12; G.39). */
export const privateSourceIp: Rule = {
  name: 'private-source-ip',
  source: 'C.12',
  check: ({ statements }) =>
    statements
      .flatMap(({ conditions }) => conditions)
      .filter(
        ({ name, test }) => name === 'aws:sourceip' && test.kind === 'test' && test.operator.test === 'in',
      )
      .flatMap(({ values }) =>
        values
          .filter(({ text }) => isPrivate(text))
          .map(({ path, text }) => ({
            path,
            severity: 'warning',
            message: `aws:SourceIp is never in the private range \`${text}\`: inside a VPC the key is aws:VpcSourceIp`,
          })),
      ),
};

function isPrivate(text: string): boolean {
  const range = parseRange(text);
  return range !== undefined && PRIVATE.some((whole) => isWithin(range, whole));
}
