import { readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { ROOT } from './sandbox.ts';

const NOT_SOURCE = new Set(['node_modules', 'dist', 'coverage', 'test-artifacts', '.git', '.denyscope']);

/** Every file under a folder of the repository, as a path from its root with `/` between the parts. */
export function filesUnder(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    if (NOT_SOURCE.has(entry.name)) return [];
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesUnder(path) : [path.split(sep).join('/')];
  });
}

/** The folders of all workspaces. */
export function workspaceFolders(): readonly string[] {
  const below = (group: string): readonly string[] =>
    readdirSync(join(ROOT, group), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => `${group}/${entry.name}`);
  return [...below('packages'), ...below('services'), 'test/worlds'];
}
