import { allow, encodedText, policy } from './policy.ts';

test('IAM’s spelling encodes every reserved character and decodes to the document', () => {
  const document = policy(allow('s3:Get*', "arn:aws:s3:::it's/(a)!*"));
  const text = encodedText(document);
  expect(text).toMatch(/^[\w.~%-]+$/);
  expect(JSON.parse(decodeURIComponent(text))).toEqual(document);
});
