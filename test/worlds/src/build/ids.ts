/** Ids in AWS's forms, each drawn from a text: the same text gives the same id, in every run and on every machine. */

const HEX = '0123456789abcdef';
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const LOWER = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** A 32-bit hash of a text (FNV-1a, then a finalizer that spreads the last characters too). */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return spread(hash);
}

/** MurmurHash3's finalizer: every bit of the input reaches every bit of the output. */
function spread(value: number): number {
  let hash = value ^ (value >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Every letter follows from two hashes of the text, so that even 200,000 ids in one world stay apart. */
function letters(text: string, alphabet: string, length: number): string {
  const [first, second] = [hashText(text), hashText(`${text} again`)];
  return Array.from({ length }, (_, place) => {
    const drawn =
      spread(first + Math.imul(place + 1, 0x9e3779b9)) ^ spread(second ^ Math.imul(place + 1, 0x85ebca77));
    return alphabet.charAt((drawn >>> 0) % alphabet.length);
  }).join('');
}

/** Hexadecimal digits, for `vpc-`, `vpce-` and canonical user ids. */
export function hexOf(text: string, length: number): string {
  return letters(text, HEX, length);
}

/** `AROA` or `AIDA`, … and 17 capitals or digits. */
export function uniqueIdOf(prefix: 'AROA' | 'AIDA' | 'AGPA' | 'ANPA', text: string): string {
  return prefix + letters(`${prefix} ${text}`, UPPER, 17);
}

/** Small letters and digits, for the ids of Organizations. */
export function lowerIdOf(text: string, length: number): string {
  return letters(text, LOWER, length);
}

/** A KMS key id: a UUID, or `mrk-` and 32 hexadecimal digits for a multi-Region key. */
export function keyIdOf(text: string, multiRegion = false): string {
  const digits = hexOf(`key ${text}`, 32);
  if (multiRegion) return `mrk-${digits}`;
  const parts = [digits.slice(0, 8), digits.slice(8, 12), `4${digits.slice(13, 16)}`];
  return [...parts, `a${digits.slice(17, 20)}`, digits.slice(20)].join('-');
}

/** The canonical user id of an account. */
export function canonicalUserIdOf(accountId: string): string {
  return hexOf(`canonical ${accountId}`, 64);
}
