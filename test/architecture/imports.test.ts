import { createRequire } from 'node:module';
import { join } from 'node:path';
import { z } from 'zod';
import { copyRepository, ROOT, runTool, type Sandbox } from './sandbox.ts';

const Report = z.object({
  modules: z.array(z.object({ source: z.string() })),
  summary: z.object({
    violations: z.array(z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) })),
  }),
});
const Configuration = z.object({
  forbidden: z.array(z.object({ name: z.string(), comment: z.string().min(40) })),
});

jest.setTimeout(60_000);

const configuration = Configuration.parse(
  createRequire(join(ROOT, 'package.json'))('./.dependency-cruiser.cjs'),
);

async function cruise(folder: string): Promise<z.infer<typeof Report>> {
  const folders = ['packages', 'services', 'test', 'scripts'];
  const flags = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json'];
  const { output } = await runTool(
    'dependency-cruiser/bin/dependency-cruise.mjs',
    [...folders, ...flags],
    folder,
  );
  return Report.parse(JSON.parse(output));
}

/** One row: the rule, where the violation is planted, what is imported there. */
const PLANTS: readonly (readonly [rule: string, file: string, imported: string])[] = [
  ['model-imports-nothing', 'packages/model/src/planted.ts', '@denyscope/ops'],
  ['engine-imports-only-its-row', 'packages/engine/src/planted.ts', '@denyscope/store'],
  ['spec-imports-only-its-row', 'packages/spec/src/planted.ts', '@denyscope/engine'],
  ['inventory-imports-only-its-row', 'packages/inventory/src/planted.ts', '@denyscope/engine'],
  ['matrix-imports-only-its-row', 'packages/matrix/src/planted.ts', '@denyscope/findings'],
  ['findings-imports-only-its-row', 'packages/findings/src/planted.ts', '@denyscope/store'],
  ['collect-imports-only-its-row', 'packages/collect/src/planted.ts', '@denyscope/inventory'],
  ['publish-imports-only-its-row', 'packages/publish/src/planted.ts', '@denyscope/findings'],
  ['store-imports-only-its-row', 'packages/store/src/planted.ts', '@denyscope/queue'],
  ['queue-imports-only-its-row', 'packages/queue/src/planted.ts', '@denyscope/store'],
  ['ops-imports-nothing', 'packages/ops/src/planted.ts', '@denyscope/model'],
  ['fake-aws-imports-only-its-row', 'packages/fake-aws/src/planted.ts', '@denyscope/collect'],
  ['model-from-outside', 'packages/model/src/planted.ts', 'commander'],
  ['engine-from-outside', 'packages/engine/src/planted.ts', 'zod'],
  ['spec-from-outside', 'packages/spec/src/planted.ts', 'zod'],
  ['inventory-from-outside', 'packages/inventory/src/planted.ts', 'pg'],
  ['matrix-from-outside', 'packages/matrix/src/planted.ts', 'ipaddr.js'],
  ['findings-from-outside', 'packages/findings/src/planted.ts', 'zod'],
  ['collect-from-outside', 'packages/collect/src/planted.ts', 'pg'],
  ['publish-from-outside', 'packages/publish/src/planted.ts', 'pg'],
  ['store-from-outside', 'packages/store/src/planted.ts', 'commander'],
  ['queue-from-outside', 'packages/queue/src/planted.ts', 'pino'],
  ['ops-from-outside', 'packages/ops/src/planted.ts', 'pg'],
  ['fake-aws-from-outside', 'packages/fake-aws/src/planted.ts', 'pino'],
  ['spec-is-for-tests', 'services/worker/src/planted.ts', '@denyscope/spec'],
  ['services-stand-alone', 'services/worker/src/planted.ts', '@denyscope/reporter'],
  ['only-the-command-starts-services', 'packages/ops/src/planted.ts', '@denyscope/worker'],
  ['nothing-imports-the-command', 'services/worker/src/planted.ts', '@denyscope/cli'],
  ['worlds-import-the-model-only', 'test/worlds/src/planted.ts', '@denyscope/engine'],
  ['worlds-from-outside', 'test/worlds/src/planted.ts', 'fast-check'],
  ['product-code-is-not-test-code', 'services/worker/src/planted.ts', '@denyscope/worlds'],
  ['the-command-uses-worlds-only', 'packages/cli/src/planted.ts', '../../../test/support/redis.ts'],
  ['front-door-only', 'packages/matrix/src/planted.ts', '../../model/src/arn.ts'],
  ['front-door-only-in-tests', 'test/support/planted.ts', '../../packages/model/src/arn.ts'],
  ['by-name-not-by-path', 'packages/matrix/src/planted.ts', '../../engine/src/index.ts'],
  ['pure-packages-touch-nothing', 'packages/findings/src/planted.ts', 'node:https'],
  ['fastify-in-the-reporter-only', 'packages/cli/src/planted.ts', 'fastify'],
  ['no-development-dependency-in-product-code', 'packages/cli/src/planted.ts', 'fast-check'],
  ['no-cycles', 'packages/cli/src/planted.ts', './planted.ts'],
  ['nothing-unresolvable', 'packages/cli/src/planted.ts', 'a-package-that-is-not-there'],
];

describe('the import table', () => {
  test('is kept by every file of the repository', async () => {
    const { modules, summary } = await cruise(ROOT);
    const ours = modules.filter(({ source }) => /^(?:packages|services)\/.*\.ts$/.test(source));
    expect(summary.violations).toEqual([]);
    expect(ours.length).toBeGreaterThan(30);
  });

  test('has a planted violation for every one of its rules', () => {
    const planted = new Set(PLANTS.map(([rule]) => rule));
    expect(configuration.forbidden.map(({ name }) => name).filter((name) => !planted.has(name))).toEqual([]);
  });

  describe('in a copy with one violation planted for every rule', () => {
    let sandbox: Sandbox;
    const found = new Set<string>();

    beforeAll(async () => {
      sandbox = await copyRepository();
      const texts = new Map<string, string>();
      PLANTS.forEach(([, file, imported], index) => {
        // Half of them type-only: a type from the wrong place is a dependency on the wrong place too.
        const kind = index % 2 === 0 ? 'import type' : 'import';
        texts.set(file, `${texts.get(file) ?? ''}${kind} * as planted${index} from '${imported}';\n`);
      });
      for (const [file, text] of texts) await sandbox.plant(file, text);
      for (const { rule, from } of (await cruise(sandbox.folder)).summary.violations)
        found.add(`${rule.name} ${from}`);
    }, 60_000);
    afterAll(() => sandbox.remove());

    test.each(PLANTS)('%s sees what %s imports', (rule, file) => {
      expect(found).toContain(`${rule} ${file}`);
    });
  });
});
