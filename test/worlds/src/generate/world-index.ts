import type { SnapshotLine } from '@denyscope/model';
import { textAt } from '../managed/attach.ts';
import type { World } from '../world.ts';
import type { ComparedValues } from './contexts.ts';

/** A bucket or key, and the principals that its policy names. */
export interface Target {
  /** A bucket's name, a key's ARN. */
  readonly id: string;
  readonly accountId: string;
  readonly named: readonly string[];
}

/** What a world holds, as far as requests want to know. */
export interface WorldIndex {
  readonly buckets: readonly Target[];
  readonly keys: readonly Target[];
  readonly principals: readonly string[];
  /** Account → principals. */
  readonly principalsOf: ReadonlyMap<string, readonly string[]>;
  /** Principal → names of buckets that its inline policies name and the world holds. */
  readonly grantedTo: ReadonlyMap<string, readonly string[]>;
  readonly endpoints: readonly string[];
  /** Bucket → ARNs of its access points. */
  readonly accessPointsOf: ReadonlyMap<string, readonly string[]>;
  readonly texts: ComparedValues;
}

export function indexWorld({ lines }: World): WorldIndex {
  const ofKind = (...kinds: readonly string[]) => lines.filter((line) => kinds.includes(line.kind));
  const principals = ofKind('iam-user', 'iam-role');
  const buckets = ofKind('bucket').map((line) => targetOf(line, textAt(line.data, 'Name')));
  const names = new Set(buckets.map((one) => one.id));
  return {
    buckets,
    keys: ofKind('kms-key').map((line) => targetOf(line, textAt(line.data['KeyMetadata'], 'Arn'))),
    principals: principals.map(arnOf),
    principalsOf: groupedBy(principals, (line) => line.accountId ?? '', arnOf),
    grantedTo: new Map(
      principals.map((line) => [arnOf(line), bucketsNamedIn(line).filter((one) => names.has(one))]),
    ),
    endpoints: ofKind('vpc-endpoint').map((line) => textAt(line.data, 'VpcEndpointId') ?? ''),
    accessPointsOf: groupedBy(
      ofKind('access-point'),
      (line) => textAt(line.data, 'Bucket') ?? '',
      (line) => textAt(line.data, 'AccessPointArn') ?? '',
    ),
    texts: new Map([['aws:SourceAccount', ofKind('account').map((line) => textAt(line.data, 'Id') ?? '')]]),
  };
}

function arnOf(line: SnapshotLine): string {
  return textAt(line.data, 'Arn') ?? '';
}

function targetOf(line: SnapshotLine, id: string | undefined): Target {
  const text = decoded(JSON.stringify(line.data['Policy'] ?? ''));
  const named = [
    ...text.matchAll(/arn:aws:iam::\d{12}:(?:role|user)\/[\w+=,.@/-]+|arn:aws:iam::\d{12}:root/g),
  ];
  return { id: id ?? '', accountId: line.accountId ?? '', named: named.map(([arn]) => arn) };
}

/** Names of buckets in the inline policies of a principal. */
function bucketsNamedIn(line: SnapshotLine): readonly string[] {
  const inline = line.data['RolePolicyList'] ?? line.data['UserPolicyList'] ?? [];
  return [...decoded(JSON.stringify(inline)).matchAll(/arn:aws:s3:::([a-z0-9.-]+)/g)].map(
    ([, name]) => name ?? '',
  );
}

/** Policy text as it reads, whichever way it was spelled. */
function decoded(text: string): string {
  return text.replaceAll(/(?:%[0-9A-F]{2})+/g, (run) => decodeURIComponent(run));
}

function groupedBy(
  lines: readonly SnapshotLine[],
  keyOf: (line: SnapshotLine) => string,
  valueOf: (line: SnapshotLine) => string,
): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const line of lines) {
    const group = groups.get(keyOf(line)) ?? [];
    group.push(valueOf(line));
    groups.set(keyOf(line), group);
  }
  return groups;
}
