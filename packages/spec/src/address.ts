/** An address as a number, and how many bits it has: 32 for IPv4, 128 for IPv6. */
interface Address {
  readonly bits: bigint;
  readonly width: 32 | 128;
}

/** A block of addresses: those that share the first `prefix` bits with `start`. */
export interface Block extends Address {
  readonly prefix: number;
}

/** A.8: `203.0.113.0/24`, `2001:db8::/32`, or a bare address, which is a block of one. */
export function parseBlock(text: string): Block | undefined {
  const [host, length, ...more] = text.split('/');
  const address = parseAddress(host ?? '');
  if (address === undefined || more.length > 0) return undefined;
  if (length === undefined) return { ...address, prefix: address.width };
  const prefix = /^\d{1,3}$/.test(length) ? Number(length) : Infinity;
  return prefix <= address.width ? { ...address, prefix } : undefined;
}

/** Is the address inside the block? An IPv4 address is in no IPv6 block, nor the other way round. */
export function inBlock(address: Address, block: Block): boolean {
  if (address.width !== block.width) return false;
  const shift = BigInt(block.width - block.prefix);
  return address.bits >> shift === block.bits >> shift;
}

export function parseAddress(text: string): Address | undefined {
  return text.includes(':') ? parseV6(text) : parseV4(text);
}

function parseV4(text: string): Address | undefined {
  const parts = text.split('.');
  const good = parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
  return good ? { bits: joinBits(parts.map(Number), 8), width: 32 } : undefined;
}

/** Eight groups of four hexadecimal digits; one `::` stands for as many zero groups as are missing. */
function parseV6(text: string): Address | undefined {
  const halves = dottedTailAsGroups(text).split('::');
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length > 2 || (halves.length === 2 ? missing < 1 : missing !== 0)) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return {
    bits: joinBits(
      groups.map((group) => Number.parseInt(group, 16)),
      16,
    ),
    width: 128,
  };
}

/** `::ffff:192.0.2.1` writes its last two groups as an IPv4 address. */
function dottedTailAsGroups(text: string): string {
  const start = text.lastIndexOf(':') + 1;
  const tail = parseV4(text.slice(start));
  if (tail === undefined) return text;
  return `${text.slice(0, start)}${(tail.bits >> 16n).toString(16)}:${(tail.bits & 0xffffn).toString(16)}`;
}

function joinBits(parts: readonly number[], size: number): bigint {
  return parts.reduce((bits, part) => (bits << BigInt(size)) | BigInt(part), 0n);
}
