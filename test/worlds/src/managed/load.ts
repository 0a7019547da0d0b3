import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ManagedPolicy } from '../build/iam.ts';
import type { ManagedPolicies } from './catalogue.ts';
import { readManagedPolicies } from './read.ts';

/**
 * Reads managed policies from a JSON file, or from all of a folder: `{name: {arn, version, document}, …}` or one
 * such policy. The only place of this package that touches files.
 */
export function loadManagedPolicies(path: string): ManagedPolicies {
  const files = statSync(path).isDirectory()
    ? readdirSync(path)
        .filter((name) => name.endsWith('.json'))
        .toSorted()
        .map((name) => join(path, name))
    : [path];
  const policies = files.flatMap((file): readonly ManagedPolicy[] => {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return readManagedPolicies(content, file);
  });
  return new Map(policies.map((managed) => [managed.arn, managed]));
}
