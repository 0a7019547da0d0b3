import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { filesUnder, workspaceFolders } from './files.ts';
import { ROOT } from './sandbox.ts';

const Names = z.record(z.string(), z.string()).optional();
const Manifest = z.object({
  name: z.string(),
  dependencies: Names,
  devDependencies: Names,
  optionalDependencies: Names,
  overrides: Names,
});
const Lockfile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      link: z.boolean().optional(),
      dev: z.boolean().optional(),
      resolved: z.string().optional(),
      license: z.string().optional(),
      optionalDependencies: Names,
    }),
  ),
});

const text = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const lock = Lockfile.parse(JSON.parse(text('package-lock.json'))).packages;

describe('package-lock.json', () => {
  /** Where Node would find a dependency of the package at `path`: beside it, or in a folder above. */
  const findInLock = (path: string, name: string): string | undefined => {
    for (let folder = path; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))) {
      const candidate = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
      if (lock[candidate] !== undefined) return candidate;
      if (folder === '') return undefined;
    }
  };

  test('has an entry for every optional platform package, so that `npm ci` works on every platform', () => {
    const wanted = Object.entries(lock).flatMap(([path, entry]) =>
      Object.keys(entry.optionalDependencies ?? {}).map((name) => ({ path, name })),
    );
    expect(wanted.filter(({ path, name }) => findInLock(path, name) === undefined)).toEqual([]);
    expect(wanted.length).toBeGreaterThan(100);
  });

  test('names no registry host', () => {
    const hosts = Object.entries(lock).filter(([, { resolved }]) => resolved?.includes('://'));
    expect(hosts.map(([path]) => path)).toEqual([]);
  });
});

describe('package.json of every workspace', () => {
  const manifests = ['', ...workspaceFolders()].map((folder) =>
    Manifest.parse(JSON.parse(text(join(folder, 'package.json')))),
  );

  test.each(manifests.map((manifest) => [manifest.name, manifest] as const))(
    '%s pins exact versions',
    (_, manifest) => {
      const { dependencies, devDependencies, optionalDependencies, overrides } = manifest;
      const pins = Object.entries({
        ...dependencies,
        ...devDependencies,
        ...optionalDependencies,
        ...overrides,
      });
      expect(pins.filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/.test(version))).toEqual([]);
    },
  );
});

describe('licences', () => {
  /** A choice of licences (`MIT OR GPL-2.0`) is fine when one of them is. */
  const isCopyleft = (license: string): boolean =>
    license
      .replaceAll(/[()]/g, '')
      .split(/\s+OR\s+/i)
      .every((choice) => /\b[AL]?GPL|SSPL|BUSL|CC-BY-NC|UNLICENSED/i.test(choice));

  test.each([
    ['MIT', false],
    ['(MIT OR GPL-2.0)', false],
    ['AGPL-3.0-only', true],
    ['GPL-3.0-or-later', true],
  ])('the rule reads %s', (license, copyleft) => {
    expect(isCopyleft(license)).toBe(copyleft);
  });

  test('of everything that is installed in production are stated and are no GPL', () => {
    const production = Object.entries(lock).filter(
      ([path, { dev, link }]) => path.includes('node_modules/') && dev !== true && link !== true,
    );
    const doubtful = production.filter(([, { license }]) => license === undefined || isCopyleft(license));
    expect(doubtful.map(([path, { license }]) => `${path}: ${license ?? 'none stated'}`)).toEqual([]);
    expect(production.length).toBeGreaterThan(50);
  });
});

describe('source files', () => {
  /** Tables that may be longer than 300 lines, with the reason. */
  const LONG_TABLES: ReadonlyMap<string, string> = new Map<string, string>([]);

  const sources = ['packages', 'services', 'test', 'scripts']
    .flatMap(filesUnder)
    .filter((path) => /\.(?:ts|tsx|mjs|cjs)$/.test(path) && !path.endsWith('.generated.ts'));
  const linesOf = (path: string): number => text(path).trimEnd().split('\n').length;

  test('have at most 300 lines', () => {
    expect(sources.filter((path) => linesOf(path) > 300 && !LONG_TABLES.has(path))).toEqual([]);
  });

  test('are exempt from that only while they need it', () => {
    expect([...LONG_TABLES.keys()].filter((path) => !sources.includes(path) || linesOf(path) <= 300)).toEqual(
      [],
    );
  });

  test.each(workspaceFolders())(
    '%s has a front door that opens with what goes in and what comes out',
    (folder) => {
      const opening = /^\/\*\*([\s\S]*?)\*\//.exec(text(`${folder}/src/index.ts`))?.[1] ?? '';
      const sentences = opening
        .replaceAll(/^\s*\*/gm, ' ')
        .split(/[.!?](?=\s|$)/)
        .filter((sentence) => sentence.trim() !== '');
      expect(sentences.length).toBeGreaterThanOrEqual(2);
    },
  );
});
