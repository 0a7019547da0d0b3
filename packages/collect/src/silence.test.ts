import { listenForSilence, type Destination } from './silence.ts';

const S3: Destination = { service: 's3', region: 'eu-west-1' };

/** Whether a service counts as silent after calls that were answered (`.`) or not (`x`). */
function isSilentAfter(calls: string, where: Destination = S3): boolean {
  const silence = listenForSilence();
  for (const call of calls) silence.note(S3, call === '.');
  return silence.holds(where);
}

test.each([
  ['', false],
  ['xxxx', false],
  ['xxxxx', true],
  ['....xxxxx', true],
  ['xxxx.xxxx', false],
  ['xxxxxx.', false],
])('after `%s` it is silent: %s', (calls, expected) => {
  expect(isSilentAfter(calls)).toBe(expected);
});

test('another service and another Region are not silent with it', () => {
  expect(isSilentAfter('xxxxx', { ...S3, service: 'kms' })).toBe(false);
  expect(isSilentAfter('xxxxx', { ...S3, region: 'us-east-1' })).toBe(false);
});
