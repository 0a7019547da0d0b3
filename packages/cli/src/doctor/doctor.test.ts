import { renderChecked, renderSummary } from '../render/doctor.ts';
import { styleOf } from '../render/style.ts';
import { keptTerminal } from '../terminal.fixture.ts';
import { checkConfiguration, checkNode, readSettings } from './check-environment.ts';
import { checkRedis } from './check-queue.ts';
import { sampleOf } from './check-roles.ts';
import { failed, notChecked, ok, warning } from './checked.ts';

test.each([
  ['20.20.2', 'ok'],
  ['20.19.0', 'ok'],
  ['22.0.0', 'ok'],
  ['20.18.3', 'failed'],
  ['18.20.0', 'failed'],
])('Node %s is %s', (version, outcome) => {
  expect(checkNode(version)).toMatchObject({ outcome, found: version });
});

describe('the environment', () => {
  const options = { output: 'table' } as const;

  test('is told as a whole where it is wrong, each variable once, and never its value', () => {
    const environment = {
      DENYSCOPE_PORT: 'x',
      DENYSCOPE_CRON: 'nightly',
      REDIS_URL: 'http://ann:s3cret@host',
    };
    const read = readSettings(keptTerminal({ environment }), options);
    const faults = 'faults' in read ? read.faults : [];
    expect(faults.map(({ variable }) => variable).toSorted((a, b) => a.localeCompare(b))).toEqual([
      'DENYSCOPE_CRON',
      'DENYSCOPE_PORT',
      'REDIS_URL',
    ]);
    const checked = checkConfiguration(environment, faults);
    expect(checked.outcome).toBe('failed');
    expect(JSON.stringify(checked)).not.toContain('s3cret');
  });

  test('is told by the names of what is set', () => {
    const environment = { DATABASE_URL: 'postgres://ann:s3cret@db/x', PATH: '/bin', LOG_LEVEL: 'info' };
    expect(checkConfiguration(environment, [])).toEqual(ok('configuration', 'DATABASE_URL, LOG_LEVEL'));
  });
});

describe('a Redis', () => {
  const sound = {
    kind: 'redis',
    version: '7.2.4',
    maxmemoryPolicy: 'noeviction',
    persists: true,
    isReplica: false,
  } as const;

  test.each([
    ['sound', {}, 'ok', 0],
    ['too old', { version: '6.0.16' }, 'failed', 1],
    ['one that forgets', { maxmemoryPolicy: 'allkeys-lru' }, 'failed', 1],
    ['a replica that keeps nothing', { isReplica: true, persists: false }, 'failed', 2],
    ['one that keeps nothing', { persists: false }, 'warning', 1],
    ['one that tells little', { persists: undefined, maxmemoryPolicy: undefined }, 'ok', 0],
  ])('%s', (_, traits, outcome, advice) => {
    const checked = checkRedis({ ...sound, ...traits });
    expect([checked.outcome, checked.advice.length]).toEqual([outcome, advice]);
  });
});

describe('the accounts that are tried', () => {
  const active = Array.from({ length: 40 }, (_, place) => String(100_000_000_000 + place));

  test('are five, the management account first, and the others spread out', () => {
    expect(sampleOf(active, '100000000017')).toEqual([
      '100000000017',
      '100000000000',
      '100000000009',
      '100000000020',
      '100000000030',
    ]);
  });

  test('are all of them where there are few', () => {
    expect(sampleOf(active.slice(0, 3), undefined)).toEqual(active.slice(0, 3));
    expect(sampleOf([], '100000000017')).toEqual([]);
  });
});

describe('the report', () => {
  test('says what to do under what was found, and wraps on a terminal', () => {
    const style = styleOf(keptTerminal({ isInteractive: true, columns: 60, environment: { NO_COLOR: '1' } }));
    const checked = failed(
      'queue',
      'Redis 7.0.15, maxmemory-policy allkeys-lru',
      'set `maxmemory-policy noeviction`',
    );
    expect(renderChecked(checked, style)).toBe(
      [
        'failed       queue          Redis 7.0.15, maxmemory-policy',
        '                            allkeys-lru',
        '                            > set `maxmemory-policy',
        '                              noeviction`',
      ].join('\n'),
    );
  });

  test('ends with the sum', () => {
    expect(renderSummary([ok('a', ''), ok('b', '')])).toBe('all is well');
    expect(renderSummary([failed('a', ''), warning('b', ''), notChecked('c', '')])).toBe(
      '1 failed, 1 warning, 1 not checked',
    );
  });
});
