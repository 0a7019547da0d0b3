import type { ManagedPolicy } from '../build/iam.ts';
import { textAt } from './attach.ts';

/** Reads one managed policy, or an object of several by name; `source` is named in the message of a fault. */
export function readManagedPolicies(content: unknown, source: string): readonly ManagedPolicy[] {
  if (!isRecord(content)) throw new Error(`not an object of managed policies: \`${source}\``);
  const entries =
    textAt(content, 'arn') === undefined ? Object.entries(content) : [[source, content] as const];
  return entries.map(([name, value]) => readOne(name, value, source));
}

function readOne(name: string, value: unknown, source: string): ManagedPolicy {
  const arn = textAt(value, 'arn');
  const document = isRecord(value) ? value['document'] : undefined;
  if (arn === undefined || !arn.includes(':policy/') || !isRecord(document)) {
    throw new Error(`not a managed policy with arn and document: \`${name}\` of \`${source}\``);
  }
  return { arn, version: textAt(value, 'version') ?? 'v1', document };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
