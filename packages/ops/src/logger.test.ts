import { createLogger, type LoggerOptions } from './logger.ts';

function written(
  log: (logger: ReturnType<typeof createLogger>) => void,
  options: Partial<LoggerOptions> = {},
): string {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  log(createLogger({ level: 'info', name: 'test', destination, ...options }));
  return lines.join('');
}

describe('a logger', () => {
  test('writes one JSON object a line, with the level as a word and the time as ISO 8601', () => {
    const line = written((logger) => logger.info({ scan: '7' }, 'loaded'));
    expect(JSON.parse(line)).toMatchObject({ level: 'info', name: 'test', msg: 'loaded', scan: '7' });
    expect(line).toMatch(/"time":"\d{4}-\d\d-\d\dT[\d:.]+Z"/);
    expect(line.indexOf('\n')).toBe(line.length - 1);
  });

  test.each<[string, Readonly<Record<string, unknown>>]>([
    ['a password', { password: 'hunter2' }],
    ['a nested token', { request: { token: 'hunter2' } }],
    ['an authorization header', { req: { headers: { authorization: 'Bearer hunter2' } } }],
    ['the password of a URL', { place: 'postgres://user:hunter2@host/db' }],
    ['a password with an @ in it', { place: 'redis://:a@hunter2@host:6379' }],
    ['a URL in an error', { err: new Error('cannot connect to postgres://user:hunter2@host/db') }],
    ['a bearer token in a text', { note: 'sent Bearer hunter2' }],
  ])('hides %s', (_, fields) => {
    const line = written((logger) => logger.info(fields, 'said'));
    expect(line).toContain('[redacted]');
    expect(line).not.toContain('hunter2');
  });

  test('hides a given secret wherever it stands', () => {
    const line = written((logger) => logger.warn({ odd: ['x hunter2 y'] }, 'hunter2'), {
      secrets: ['hunter2'],
    });
    expect(line).not.toContain('hunter2');
  });

  test('keeps a URL without a password as it is', () => {
    expect(written((logger) => logger.info('see http://127.0.0.1:8470/healthz'))).toContain(
      'http://127.0.0.1:8470/healthz',
    );
  });
});
