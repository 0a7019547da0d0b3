import { copyRepository, runTool, type Sandbox } from './sandbox.ts';

/** One row: the lint rule, a line that breaks it in a pure package. */
const LINT_PLANTS: readonly (readonly [rule: string, line: string])[] = [
  ['typescript(no-floating-promises)', 'later();'],
  ['typescript(no-misused-promises)', 'if (later()) throw new Error();'],
  ['typescript(no-explicit-any)', 'export const anything: any = 1;'],
  ['typescript(no-non-null-assertion)', "export const first = ['a'].at(0)!;"],
  ['typescript(no-unsafe-assignment)', "export const parsed = JSON.parse('1');"],
  ['typescript(consistent-type-assertions)', 'export const asserted = later as unknown;'],
  [
    'typescript(switch-exhaustiveness-check)',
    "export function f(k: 'a' | 'b') { switch (k) { case 'a': break; } }",
  ],
  ['no-shadow', 'export const shadow = (later: number) => later;'],
  ['complexity', `export const maze = (n: number) => ${'n > 1 ? n : '.repeat(11)}n;`],
  ['max-params', 'export const many = (a: 1, b: 1, c: 1, d: 1, e: 1) => [a, b, c, d, e];'],
  ['no-restricted-properties', 'export const random = Math.random();'],
  ['no-restricted-properties', 'export const now = Date.now();'],
  ['denyscope(no-clock)', 'export const today = new Date();'],
  ['no-restricted-globals', "export const home = process.env['HOME'];"],
  ['no-restricted-globals', "export const page = fetch('https://example.com');"],
];

const PLANTED = 'packages/engine/src/planted.ts';

describe('every checker looks', () => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await copyRepository();
    const lines = LINT_PLANTS.map(([, line]) => line);
    const start = 'export async function later(): Promise<number> {\n  return Promise.resolve(1);\n}\n';
    await sandbox.plant(PLANTED, `${start}${lines.join('\n')}\nexport const text: number = 'a';\n`);
  }, 60_000);
  afterAll(() => sandbox.remove());

  describe('lint', () => {
    let output: string;
    beforeAll(async () => {
      const flags = ['--type-aware', '--deny-warnings', '--format', 'unix', PLANTED];
      ({ output } = await runTool('oxlint/bin/oxlint', flags, sandbox.folder));
    }, 60_000);

    test.each(LINT_PLANTS)('%s finds `%s`', (rule, line) => {
      const lineNumber = 4 + LINT_PLANTS.findIndex(([, planted]) => planted === line);
      const here = output.split('\n').filter((row) => row.includes(`${PLANTED}:${lineNumber}:`));
      expect(here.join('\n')).toContain(rule);
    });
  });

  test('types: the compiler finds a string in place of a number', async () => {
    const { status, output } = await runTool('typescript/bin/tsc', ['-b', 'packages/engine'], sandbox.folder);
    expect(status).not.toBe(0);
    expect(output).toContain(PLANTED);
  }, 60_000);

  test('format: prettier finds what nobody formatted', async () => {
    const { status, output } = await runTool(
      'prettier/bin/prettier.cjs',
      ['--check', PLANTED],
      sandbox.folder,
    );
    expect(status).toBe(1);
    expect(output).toContain('formatting');
  }, 60_000);

  test('dead code: knip finds a file that nothing imports', async () => {
    const { status, output } = await runTool(
      'knip/bin/knip.js',
      ['--no-progress', '--include', 'files'],
      sandbox.folder,
    );
    expect(status).toBe(1);
    expect(output).toContain(PLANTED);
  }, 60_000);
});
