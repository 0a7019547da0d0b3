import {
  absent,
  lockoutOf,
  NOT_COLLECTED,
  seen,
  unreadable,
  type Observed,
  type SnapshotHeader,
  type SnapshotKind,
  type SnapshotLine,
} from '@denyscope/model';
import type { LineOf } from './lines.ts';

/** Kind → the fields that the scan asked for, from the snapshot's first line. */
export type CollectedFields = ReadonlyMap<string, ReadonlySet<string>>;

export function collectedFields(header: SnapshotHeader): CollectedFields {
  return new Map(Object.entries(header.collected ?? {}).map(([kind, fields]) => [kind, new Set(fields)]));
}

/**
 * Fields that come in the one response that makes up the line, so that a line without them proves them absent even
 * where the first line does not speak of the kind: GetAccountAuthorizationDetails answers a principal whole, and
 * DescribeVpcEndpoints an endpoint. What takes a call of its own (a bucket's fields, a key's policy, grants,
 * aliases and tags, an access point's policy, an organization policy's content and targets, the organization's
 * enabled policy types) is not here: it is unknown until the first line says that it was collected.
 */
const SAME_RESPONSE: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    'iam-user': new Set([
      'UserPolicyList',
      'GroupList',
      'AttachedManagedPolicies',
      'PermissionsBoundary',
      'Tags',
    ]),
    'iam-role': new Set([
      'AssumeRolePolicyDocument',
      'RolePolicyList',
      'AttachedManagedPolicies',
      'PermissionsBoundary',
      'Tags',
    ]),
    'iam-group': new Set(['GroupPolicyList', 'AttachedManagedPolicies']),
    'vpc-endpoint': new Set(['PolicyDocument']),
  } satisfies Partial<Record<SnapshotKind, ReadonlySet<string>>>),
);

/** Reads the facts of one line by the name of their field. */
export type FieldReader<D> = <F extends keyof D & string>(field: F) => Observed<NonNullable<D[F]>>;

/**
 * The rule of formats.md section 1, and the only place that holds it. A field listed in the line's `unreadable` is
 * unreadable, even where a part of it was read. One that is there is seen. One that is lacking is proved absent
 * where the first line's `collected` names it for the kind, or where `collected` does not speak of the kind and the
 * field belongs to the one response that makes up the line. Any other was never asked for, and is unknown.
 */
export function fieldReader<K extends SnapshotKind>(
  collected: CollectedFields,
  line: LineOf<K>,
): FieldReader<LineOf<K>['data']> {
  const asked = askedFields(collected, line.kind);
  return (field) => observed(line, asked, field, line.data[field]);
}

/** The fields that were asked for of lines of the kind; undefined where nobody can tell. */
export function askedFields(collected: CollectedFields, kind: string): ReadonlySet<string> | undefined {
  return collected.get(kind) ?? SAME_RESPONSE.get(kind);
}

/** One field of a line by the rule of `fieldReader`, whatever its kind. */
export function observedField(
  line: SnapshotLine,
  asked: ReadonlySet<string> | undefined,
  field: string,
): Observed<unknown> {
  return observed(line, asked, field, line.data[field]);
}

function observed<T>(
  { unreadable: failures }: SnapshotLine,
  asked: ReadonlySet<string> | undefined,
  field: string,
  value: T,
): Observed<NonNullable<T>> {
  const failed = failures?.find((entry) => entry.field === field);
  if (failed) return unreadable(failed.reason, failed.message, lockoutOf(failed));
  if (value !== undefined && value !== null) return seen(value);
  return asked?.has(field) === true ? absent() : unreadable(NOT_COLLECTED);
}
