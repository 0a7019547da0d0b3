import { openSession } from './session.ts';
import { keptTerminal } from './terminal.fixture.ts';

const DATABASE_URL = 'postgres://host/db';
const DENYSCOPE_DATA_DIR = 'from-environment';

describe('where the facts are', () => {
  test.each([
    ['nothing is said', {}, undefined, { kind: 'embedded', dataDir: '.denyscope' }],
    [
      'the environment names a folder',
      { DENYSCOPE_DATA_DIR },
      undefined,
      { kind: 'embedded', dataDir: DENYSCOPE_DATA_DIR },
    ],
    [
      'the environment names a server',
      { DENYSCOPE_DATA_DIR, DATABASE_URL },
      undefined,
      { kind: 'server', databaseUrl: DATABASE_URL },
    ],
    [
      'the command line goes before both',
      { DENYSCOPE_DATA_DIR, DATABASE_URL },
      'given',
      { kind: 'embedded', dataDir: 'given' },
    ],
  ])('%s', (_, environment, dataDir, place) => {
    const options = { output: 'table' as const, ...(dataDir === undefined ? {} : { dataDir }) };
    expect(openSession(keptTerminal({ environment }), options).place).toEqual(place);
  });
});
