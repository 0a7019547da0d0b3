import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import fc from 'fast-check';

const CORPUS = resolve(__dirname, '../corpus');

/**
 * Checks a property. With DENYSCOPE_KEEP the smallest counterexample becomes a file of the corpus, under a name to be
 * replaced by one that says what it is about.
 */
export function holds<Drawn>(
  property: fc.IProperty<[Drawn]>,
  parameters: fc.Parameters<[Drawn]>,
  fileOf: (drawn: Drawn, id: string) => { readonly path: string; readonly content: object },
): void {
  const details = fc.check(property, parameters);
  if (!details.failed) return;
  const drawn = details.counterexample?.[0];
  if (drawn !== undefined && process.env['DENYSCOPE_KEEP']) {
    const id = `found-${createHash('sha256').update(JSON.stringify(drawn)).digest('hex').slice(0, 12)}`;
    const { path, content } = fileOf(drawn, id);
    const file = resolve(CORPUS, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
  }
  throw new Error(fc.defaultReportMessage(details) ?? 'the property does not hold');
}
