import { parseAccountId, parseArn, type AccountId } from '../arn.ts';
import { snapshotLineId } from './snapshot-id.ts';
import type { SnapshotLine } from './snapshot-line.ts';

/**
 * The account that a line belongs to: the one that it names, else the one in the resource's ARN, or its `OwnerId` as
 * EC2 returns it. Undefined where nothing tells, as of the policies that AWS manages.
 */
export function snapshotLineOwner(line: SnapshotLine): AccountId | undefined {
  const { accountId, data } = line;
  if (accountId !== undefined) return parseAccountId(accountId);
  const owner = data['OwnerId'];
  const told = parseArn(snapshotLineId(line))?.accountId ?? (typeof owner === 'string' ? owner : '');
  return parseAccountId(told);
}

/** A policy that AWS manages is the same in every account, and may be in a snapshot without any. */
export function isAwsManagedPolicy(line: SnapshotLine): boolean {
  return line.kind === 'iam-policy' && parseArn(snapshotLineId(line))?.accountId === 'aws';
}
