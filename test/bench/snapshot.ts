import { loadSnapshot } from '@denyscope/inventory';
import { type World } from '@denyscope/worlds';
import { type Row } from './row.ts';
import { ratesOf } from './timing.ts';

const CHUNK = 65_536;

/** Reading a snapshot file, checked line by line, against `JSON.parse` of its lines alone. */
export async function measureSnapshot({ header, lines }: World): Promise<Row> {
  const texts = [header, ...lines].map((line) => JSON.stringify(line));
  const file = Buffer.from(`${texts.join('\n')}\n`);
  const megabytes = file.length / 1e6;
  const rates = await ratesOf(
    megabytes,
    async () => {
      await loadSnapshot(chunksOf(file));
    },
    () => {
      for (const line of file.toString('utf8').split('\n')) if (line !== '') JSON.parse(line);
    },
  );
  const measure = `snapshot of ${megabytes.toFixed(0)} MB: read and checked`;
  return { measure, ...rates, unit: 'MB/s', notes: [8] };
}

async function* chunksOf(file: Buffer): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < file.length; start += CHUNK) yield file.subarray(start, start + CHUNK);
}
