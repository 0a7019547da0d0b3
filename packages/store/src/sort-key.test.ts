import { type SnapshotLine, compareSnapshotLines } from '@denyscope/model';
import * as fc from 'fast-check';
import { sortKeyOf } from './sort-key.ts';

/** Few letters, so that parts are often equal or prefixes of each other; each is special in some encoding. */
const text = fc
  .array(
    fc.constantFrom('\0', '\u0001', 'a', 'b', 'é', '\ud7ff', '\ud83d', '\ude00', '\ue000', '\uffff', '😀'),
    {
      maxLength: 4,
    },
  )
  .map((letters) => letters.join(''));

const line: fc.Arbitrary<SnapshotLine> = fc.record({
  kind: text,
  accountId: text,
  region: text,
  data: fc.record({ Name: text }),
});

test('the bytes of two lines are in the order of the canonical form', () => {
  fc.assert(
    fc.property(line, line, (a, b) => {
      expect(Math.sign(Buffer.compare(sortKeyOf(a), sortKeyOf(b)))).toBe(
        Math.sign(compareSnapshotLines(a, b)),
      );
    }),
    { numRuns: 5_000 },
  );
});

test('a line without account and Region sorts as one with empty ones', () => {
  const bare: SnapshotLine = { kind: 'root', data: { Id: 'r-1' } };
  expect(sortKeyOf(bare).equals(sortKeyOf({ ...bare, accountId: '', region: '' }))).toBe(true);
});
