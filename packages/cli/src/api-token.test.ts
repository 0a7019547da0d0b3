import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiTokenOf } from './api-token.ts';
import { openSession } from './session.ts';
import { keptTerminal } from './terminal.fixture.ts';

describe('apiTokenOf', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'denyscope-token-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const sessionIn = (dataDir: string, environment = {}) =>
    openSession(keptTerminal({ environment }), { dataDir, output: 'table' });

  test('is the one of the environment', async () => {
    const session = sessionIn(folder, { DENYSCOPE_API_TOKEN: 'a-token-of-20-letters' });
    expect(await apiTokenOf(session)).toEqual({
      token: 'a-token-of-20-letters',
      foundIn: 'DENYSCOPE_API_TOKEN',
    });
  });

  test('is made once, for its owner only, and kept', async () => {
    const session = sessionIn(join(folder, 'new'));
    const [one, other] = await Promise.all([apiTokenOf(session), apiTokenOf(session)]);
    expect(one).toEqual(other);
    expect(one.token).toMatch(/^[\w-]{43}$/);
    expect((await stat(one.foundIn)).mode & 0o777).toBe(0o600);
    expect((await readFile(one.foundIn, 'utf8')).trim()).toBe(one.token);
  });

  test('is not a file that holds something else', async () => {
    await writeFile(join(folder, 'api-token'), 'short\n');
    await expect(apiTokenOf(sessionIn(folder))).rejects.toThrow('holds no token');
  });

  test('says what to do where it cannot be kept', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(apiTokenOf(sessionIn(join(folder, 'file')))).rejects.toThrow(
      'set DENYSCOPE_API_TOKEN instead',
    );
  });
});
