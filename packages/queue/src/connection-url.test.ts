import { serverKindOf } from './connection-url.ts';
import { QueueError } from './error.ts';

test.each([
  ['redis://cache:6379/0', 'redis'],
  ['rediss://user:secret@cache', 'redis'],
  ['postgres://db/denyscope', 'postgres'],
  ['postgresql://user:secret@db:5432/denyscope', 'postgres'],
])('%s names a server of %s', (url, kind) => {
  expect(serverKindOf(url)).toBe(kind);
});

test.each([
  '',
  'cache:6379',
  'http://user:s3cr3t@cache',
  'postgres://user:s3/cr3t@db/x',
  'redis://:s3#cr3t@cache',
])('refuses `%s` without repeating it', (url) => {
  const refuse = (): unknown => serverKindOf(url);
  expect(refuse).toThrow(QueueError);
  expect(refuse).not.toThrow(/cr3t/);
});
