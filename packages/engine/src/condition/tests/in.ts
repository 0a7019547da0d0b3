import ipaddr from 'ipaddr.js';
import { lately } from '../lately.ts';
import { valueTest } from '../value-rules.ts';

const addressOf = lately((text) => parseRange(text));

/** AWS (A.8): an IPv4 or IPv6 address in a CIDR; a bare address is a range of one. */
export const inRange = valueTest({
  name: 'in',
  nature: 'ip',
  words: ['is in', 'is not in'],
  json: { test: 'in' },
  parse: ({ text }) => parseRange(text),
  passes: (actual, range) => {
    const address = addressOf(actual);
    return address && isWithin(address, range);
  },
});

/** An address or a range, IPv4 or IPv6. */
export interface AddressRange {
  readonly family: 'ipv4' | 'ipv6';
  readonly first: bigint;
  readonly last: bigint;
}

/** Are all addresses of the one in the other? */
export function isWithin(inner: AddressRange, outer: AddressRange): boolean {
  return inner.family === outer.family && outer.first <= inner.first && inner.last <= outer.last;
}

/** Reads an address or a CIDR; undefined for anything else. */
export function parseRange(text: string): AddressRange | undefined {
  const slash = text.indexOf('/');
  const address = slash < 0 ? text : text.slice(0, slash);
  const value = addressValue(address);
  if (value === undefined) return undefined;
  const family = address.includes(':') ? 'ipv6' : 'ipv4';
  const width = family === 'ipv4' ? 32 : 128;
  const prefix = slash < 0 ? width : prefixLength(text.slice(slash + 1), width);
  if (prefix === undefined) return undefined;
  if (prefix === width) return { family, first: value, last: value };
  const size = 1n << BigInt(width - prefix);
  const first = (value / size) * size;
  return { family, first, last: first + size - 1n };
}

function prefixLength(text: string, width: number): number | undefined {
  const length = /^\d{1,3}$/.test(text) ? Number(text) : Infinity;
  return length <= width ? length : undefined;
}

const IPV4 = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})$/;

/** Most addresses are IPv4, and each request brings one to compare. */
function addressValue(text: string): bigint | undefined {
  const match = IPV4.exec(text);
  if (match) {
    const parts = match.slice(1).map(Number);
    return parts.every((part) => part < 256)
      ? BigInt(parts.reduce((sum, part) => sum * 256 + part, 0))
      : undefined;
  }
  if (!text.includes(':') || !ipaddr.IPv6.isValid(text)) return undefined;
  return ipaddr.IPv6.parse(text)
    .toByteArray()
    .reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
}

/** The address of a number, as text. */
export function addressText(family: 'ipv4' | 'ipv6', value: bigint): string {
  const width = family === 'ipv4' ? 4 : 16;
  const bytes = Array.from({ length: width }, (_, at) =>
    Number((value >> BigInt(8 * (width - 1 - at))) & 0xffn),
  );
  return ipaddr.fromByteArray(bytes).toString();
}
