import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Mutant } from './rules.ts';

/** Copies lie beside this file, so that they find the packages that they import. */
const COPIES = join(__dirname, '.copy-');

/** A copy of the package's source with the rule turned round; `remove` takes it away again. */
export function plant(mutant: Mutant): { readonly index: string; readonly remove: () => void } {
  const source = resolve(__dirname, '../../../packages', mutant.package, 'src');
  const copy = mkdtempSync(COPIES);
  cpSync(source, copy, { recursive: true, filter: (path) => !/\.(test|fixture)\.ts$/.test(path) });
  const file = join(copy, mutant.file);
  const [before, after, ...more] = readFileSync(file, 'utf8').split(mutant.find);
  if (before === undefined || after === undefined || more.length > 0) {
    rmSync(copy, { recursive: true });
    throw new Error(`${mutant.rule}: the text to turn round must stand once in ${mutant.file}`);
  }
  writeFileSync(file, `${before}${mutant.replace}${after}`);
  return { index: join(copy, 'index.ts'), remove: () => rmSync(copy, { recursive: true }) };
}
