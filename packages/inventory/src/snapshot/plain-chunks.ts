import { Readable, pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** The bytes of a snapshot, unpacked where they begin like a gzip file (RFC 1952: 1f 8b). */
export async function* plainChunks(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  const source = chunks[Symbol.asyncIterator]();
  const start: Uint8Array[] = [];
  let size = 0;
  for (let next = await source.next(); ; next = await source.next()) {
    if (next.done === true) break;
    start.push(next.value);
    size += next.value.length;
    if (size >= 2) break;
  }
  const whole = continued(Buffer.concat(start), source);
  yield* isGzip(start) ? gunzipped(whole) : whole;
}

function isGzip(start: readonly Uint8Array[]): boolean {
  const [first, second] = Buffer.concat(start);
  return first === 0x1f && second === 0x8b;
}

async function* continued(
  start: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array, void> {
  try {
    yield start;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

async function* gunzipped(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  const gunzip = createGunzip();
  // A fault of either end reaches the reader of `gunzip`, which is who must know of it.
  pipeline(Readable.from(chunks), gunzip, () => undefined);
  yield* gunzip;
}

/** zlib's code of a fault of the gzip data; undefined for a fault of where the bytes come from. */
export function gzipFaultCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' && error.code.startsWith('Z_') ? error.code : undefined;
}
