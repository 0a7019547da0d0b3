import type { SnapshotLine } from '@denyscope/model';
import { managedPolicyLine } from '../build/iam.ts';
import type { ManagedPolicies } from './catalogue.ts';

/** The managed policies of `catalogue` that the lines' principals carry, once an account, as each account lists them. */
export function managedPolicyLines(
  lines: readonly SnapshotLine[],
  catalogue: ManagedPolicies,
): readonly SnapshotLine[] {
  const carried = new Map<string, Set<string>>();
  for (const { accountId, data } of lines) {
    const arns = accountId === undefined ? [] : attachedArns(data);
    for (const arn of arns)
      carried.set(accountId ?? '', (carried.get(accountId ?? '') ?? new Set()).add(arn));
  }
  return [...carried].flatMap(([accountId, arns]) => linesOf(accountId, arns, catalogue));
}

function linesOf(
  accountId: string,
  arns: Iterable<string>,
  catalogue: ManagedPolicies,
): readonly SnapshotLine[] {
  const policies = [...arns].map((arn) => catalogue.get(arn)).filter((found) => found !== undefined);
  return policies.map((managed) => managedPolicyLine(accountId, managed));
}

/** ARNs of the managed policies that a principal carries, its boundary among them. */
export function attachedArns(data: SnapshotLine['data']): readonly string[] {
  const attached: unknown = data['AttachedManagedPolicies'];
  const entries: readonly unknown[] = Array.isArray(attached) ? attached : [];
  const boundary = textAt(data['PermissionsBoundary'], 'PermissionsBoundaryArn');
  return [...entries.map((entry) => textAt(entry, 'PolicyArn')), boundary].filter((arn) => arn !== undefined);
}

/** The text that an object holds under a name; undefined where it holds none. */
export function textAt(value: unknown, name: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const text: unknown = Object.entries(value).find(([key]) => key === name)?.[1];
  return typeof text === 'string' ? text : undefined;
}
