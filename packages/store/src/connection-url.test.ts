import { checkConnectionUrl, placeOf } from './connection-url.ts';
import { StoreError } from './error.ts';

function faultOf(text: string): StoreError | undefined {
  try {
    checkConnectionUrl(text);
    return undefined;
  } catch (error) {
    return error instanceof StoreError ? error : undefined;
  }
}

test('a connection URL is shown by host and port alone', () => {
  expect(placeOf(checkConnectionUrl('postgres://ann:s3cret@db.example.org:5433/x'))).toBe(
    '`db.example.org:5433`',
  );
  expect(placeOf(checkConnectionUrl('postgresql:///x?host=/run/postgresql'))).toBe('the local socket');
});

test.each([
  ['no URL at all', 'host=db password=s3cret'],
  ['another protocol', 'mysql://ann:s3cret@db/x'],
  ['a slash in the password', 'postgres://ann:12/s3cret@db/x'],
  ['a hash in the password', 'postgres://ann:12#s3cret@db/x'],
  ['a question mark in the password', 'postgres://ann:12?s3cret@db/x'],
  ['a port that is none', 'postgres://ann:s3cret@db:port/x'],
])('%s is refused without a word of it', (_, text) => {
  const fault = faultOf(text);
  expect(fault?.code).toBe('invalid-url');
  expect(`${fault?.message} ${String(fault?.cause)} ${fault?.stack}`).not.toContain('s3cret');
});
