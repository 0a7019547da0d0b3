import { textLines } from './input.ts';

async function* chunked(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function linesOf(bytes: Uint8Array, size: number): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const { number, text } of textLines(chunked(bytes, size))) lines.push(`${number} ${text}`);
  return lines;
}

describe('textLines', () => {
  const text = Buffer.from('one\n\n  \ntwö\r\n€ three');

  test.each([1, 2, 3, 7, 1000])(
    'gives the lines that are not blank, with their numbers: chunks of %i bytes',
    async (size) => {
      expect(await linesOf(text, size)).toEqual(['1 one', '4 twö\r', '5 € three']);
    },
  );

  test('says after which line the text is no UTF-8', async () => {
    const broken = Buffer.concat([Buffer.from('one\ntwo\n'), Buffer.from([0xff])]);
    await expect(linesOf(broken, 4)).rejects.toThrow('after line 2: expected text in UTF-8');
    await expect(linesOf(Buffer.from([0xe2, 0x82]), 1)).rejects.toThrow('expected text in UTF-8');
  });
});
