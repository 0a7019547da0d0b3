/** A block of addresses of 32 or 128 bits: those that begin with these. */
export interface Block {
  readonly width: number;
  readonly bits: string;
}

/** A.8: `203.0.113.0/24`, `2001:db8::/32`, or a bare address, which is a block of one. */
export function parseBlock(text: string): Block | undefined {
  const [, host = '', length] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const bits = parseAddress(host);
  const prefix = Number(length ?? bits?.length);
  return bits && prefix <= bits.length ? { width: bits.length, bits: bits.slice(0, prefix) } : undefined;
}

/** An address as 32 or 128 zeros and ones. */
export function parseAddress(text: string): string | undefined {
  return text.includes(':') ? parseV6(text) : parseV4(text);
}

function parseV4(text: string): string | undefined {
  const parts = text.split('.');
  const good = parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
  return good ? parts.map((part) => Number(part).toString(2).padStart(8, '0')).join('') : undefined;
}

/** Groups of four hexadecimal digits, the last two perhaps written as IPv4; one `::` stands for groups of zeros. */
function parseV6(text: string): string | undefined {
  const isShaped = /^(?!.*(:::|::.*::|[^:]:$)|:[^:])([\da-f]{0,4}:)+([\da-f]{0,4}|[\d.]{7,})$/i.test(text);
  const [, dotted = '0.0.0.0'] = /:(\d+\..*)$/.exec(text) ?? [];
  if (!isShaped || !parseV4(dotted)) return undefined;
  const [head = '', tail = ''] = text.split('::').map((half) => half.split(':').map(groupBits).join(''));
  const zeros = 128 - head.length - tail.length;
  return (text.includes('::') ? zeros >= 16 : zeros === 0) ? head + '0'.repeat(zeros) + tail : undefined;
}

function groupBits(group: string): string {
  return parseV4(group) ?? (group === '' ? '' : Number.parseInt(group, 16).toString(2).padStart(16, '0'));
}
