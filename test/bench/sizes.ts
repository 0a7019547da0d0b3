import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type Row } from './row.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const Lockfile = z.object({
  packages: z.record(z.string(), z.object({ link: z.boolean().optional(), dev: z.boolean().optional() })),
});

/** What is installed for production, and the most memory that this run held. */
export function measureSizes(): readonly Row[] {
  const all = installed();
  const production = all.filter(({ dev }) => !dev);
  const megabytes = (packages: readonly Installed[]): number =>
    packages.reduce((sum, { path }) => sum + bytesIn(join(ROOT, path)), 0) / 1e6;
  return [
    { measure: 'production dependencies', ours: production.length, peer: undefined, unit: 'packages' },
    {
      measure: 'production dependencies on disk',
      ours: megabytes(production),
      peer: undefined,
      unit: 'MB',
      notes: [9],
    },
    {
      measure: 'peak memory of this run',
      ours: process.resourceUsage().maxRSS / 1e3,
      peer: undefined,
      unit: 'MB',
    },
  ];
}

interface Installed {
  readonly path: string;
  readonly dev: boolean;
}

/** What the lockfile names and this platform has. */
function installed(): readonly Installed[] {
  const { packages } = Lockfile.parse(JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')));
  return Object.entries(packages)
    .filter(([path, { link }]) => path.includes('node_modules/') && link !== true)
    .map(([path, { dev }]) => ({ path, dev: dev === true }))
    .filter(({ path }) => statSync(join(ROOT, path), { throwIfNoEntry: false }) !== undefined);
}

/** The files of a package, without the packages that lie inside it: they have entries of their own. */
function bytesIn(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? sum : sum + bytesIn(path);
    return entry.isFile() ? sum + statSync(path).size : sum;
  }, 0);
}
