import { type SnapshotLine, snapshotLineId } from '@denyscope/model';

/** Between two parts; sorts before every encoded code unit, so that a shorter part comes first. */
const END = Buffer.from([0, 0]);
const NUL = Buffer.from([0, 1]);
/** What plain UTF-8 would put out of order, or END could be mistaken for. */
// oxlint-disable-next-line no-control-regex -- NUL is the point
const SPECIAL = /[\0\ud800-\udfff]/;

/**
 * The line's kind, account, Region and id as bytes whose order is that of `compareSnapshotLines`, by UTF-16 code unit;
 * equal bytes mean the same resource. Postgres has no such collation: "C" orders by code point, and puts what lies
 * beyond U+FFFF last.
 */
export function sortKeyOf(line: SnapshotLine): Buffer {
  const parts = [line.kind, line.accountId ?? '', line.region ?? '', snapshotLineId(line)];
  return Buffer.concat(
    parts.flatMap((part, index) => (index === 0 ? [encoded(part)] : [END, encoded(part)])),
  );
}

function encoded(text: string): Buffer {
  if (!SPECIAL.test(text)) return Buffer.from(text, 'utf8');
  return Buffer.concat(Array.from({ length: text.length }, (_, index) => codeUnit(text.charCodeAt(index))));
}

/** One code unit the way UTF-8 writes a code point, surrogates included (CESU-8), and NUL as two bytes. */
function codeUnit(unit: number): Buffer {
  if (unit === 0) return NUL;
  if (unit < 0x80) return Buffer.from([unit]);
  if (unit < 0x800) return Buffer.from([0xc0 | (unit >> 6), 0x80 | (unit & 0x3f)]);
  return Buffer.from([0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f)]);
}
