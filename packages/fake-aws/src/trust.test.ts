import { admits, scannerTrust } from './trust.ts';

const SCANNER = 'arn:aws:iam::111111111111:user/denyscope-scanner';

test.each<readonly [string, string | undefined, string, string | undefined, boolean]>([
  ['the scanner, where no external id is agreed', undefined, SCANNER, undefined, true],
  ['the scanner, whatever it names, where none is agreed', undefined, SCANNER, 'any', true],
  ['the scanner with the external id', 'secret', SCANNER, 'secret', true],
  ['the scanner with another', 'secret', SCANNER, 'Secret', false],
  ['the scanner without one', 'secret', SCANNER, undefined, false],
  ['somebody else', undefined, 'arn:aws:iam::111111111111:user/mallory', undefined, false],
])('the trust policy of the role, asked by %s', (_, ...[agreed, caller, named, expected]) => {
  expect(admits(scannerTrust(SCANNER, agreed), caller, named)).toBe(expected);
});
