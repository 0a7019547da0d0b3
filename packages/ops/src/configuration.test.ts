import { ConfigurationError, readConfiguration, type Environment } from './configuration.ts';

function faultsOf(environment: Environment): readonly string[] {
  try {
    readConfiguration(environment);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.faults.map(({ variable, message }) => `${variable}: ${message}`);
  }
}

describe('readConfiguration', () => {
  test('has a default for every setting that needs one', () => {
    expect(readConfiguration({})).toEqual({
      databaseUrl: undefined,
      redisUrl: undefined,
      dataDir: undefined,
      host: '127.0.0.1',
      port: 8470,
      apiToken: undefined,
      logLevel: undefined,
      commit: undefined,
    });
  });

  test('reads every setting', () => {
    const environment = {
      DATABASE_URL: 'postgres://user:pass@db.example:5432/denyscope',
      REDIS_URL: 'rediss://cache.example:6379/0',
      DENYSCOPE_DATA_DIR: 'somewhere',
      DENYSCOPE_HOST: '::1',
      DENYSCOPE_PORT: '0',
      DENYSCOPE_API_TOKEN: 'a-token-of-20-letters',
      LOG_LEVEL: 'debug',
      DENYSCOPE_COMMIT: '0123abc',
      PATH: 'is not ours',
    };
    expect(readConfiguration(environment)).toEqual({
      databaseUrl: environment.DATABASE_URL,
      redisUrl: environment.REDIS_URL,
      dataDir: 'somewhere',
      host: '::1',
      port: 0,
      apiToken: 'a-token-of-20-letters',
      logLevel: 'debug',
      commit: '0123abc',
    });
  });

  test('takes an empty variable for one that is not there', () => {
    expect(readConfiguration({ DATABASE_URL: '', DENYSCOPE_PORT: '' })).toEqual(readConfiguration({}));
  });

  test.each([
    ['DATABASE_URL', 'mysql://host/db'],
    ['DATABASE_URL', 'hunter2'],
    ['REDIS_URL', 'http://host'],
    ['DENYSCOPE_HOST', 'two words'],
    ['DENYSCOPE_PORT', '65536'],
    ['DENYSCOPE_PORT', '-1'],
    ['DENYSCOPE_PORT', '80a'],
    ['DENYSCOPE_API_TOKEN', 'short'],
    ['DENYSCOPE_API_TOKEN', 'sixteen letters and blanks'],
    ['LOG_LEVEL', 'loud'],
  ])('refuses %s=%s', (variable, value) => {
    const faults = faultsOf({ [variable]: value });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(new RegExp(`^${variable}: expected `));
  });

  test('names every wrong variable at once, and the value of none', () => {
    const faults = faultsOf({
      DATABASE_URL: 'hunter2',
      DENYSCOPE_API_TOKEN: 'hunter3',
      LOG_LEVEL: 'hunter4',
    });
    expect(faults.map((fault) => fault.split(':')[0])).toEqual([
      'DATABASE_URL',
      'DENYSCOPE_API_TOKEN',
      'LOG_LEVEL',
    ]);
    expect(faults.join()).not.toContain('hunter');
  });
});
