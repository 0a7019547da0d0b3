import { wrap } from './wrap.ts';

describe('wrap', () => {
  test.each([
    ['short', 10, ['short']],
    ['one\ntwo', 10, ['one', 'two']],
    ['through the endpoint', 11, ['through the', 'endpoint']],
    ['through the endpoint', 12, ['through the', 'endpoint']],
    ['arn:aws:iam::111122223333:role/etl-worker', 32, ['arn:aws:iam::111122223333:role/', 'etl-worker']],
    ['add arn:aws:s3:::a-bucket/* to it', 20, ['add arn:aws:s3:::a-', 'bucket/* to it']],
    ['statement 3 of p-full-access', 20, ['statement 3 of', 'p-full-access']],
    ['abcdefghij', 4, ['abcd', 'efgh', 'ij']],
    ['', 4, ['']],
  ])('%j in %i characters', (text, width, lines) => {
    expect(wrap(text, width)).toEqual(lines);
  });

  test('loses nothing of an ARN', () => {
    const arn =
      'arn:aws:iam::111122223333:role/aws-service-role/support.amazonaws.com/AWSServiceRoleForSupport';
    for (let width = 1; width < 100; width += 1) {
      const lines = wrap(arn, width);
      expect(lines.join('')).toBe(arn);
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
    }
  });
});
