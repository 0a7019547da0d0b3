import { z } from 'zod';
import { isSnapshotKind, SNAPSHOT_KINDS, type SnapshotKind } from './snapshot-kinds.ts';
import { envelope, type SnapshotLine } from './snapshot-line.ts';
import { isAwsManagedPolicy, snapshotLineOwner } from './snapshot-owner.ts';

/** The format that this release reads and writes. */
export const SNAPSHOT_FORMAT = 'denyscope/1';

export const snapshotHeaderSchema = z
  .looseObject({
    kind: z.literal('snapshot'),
    format: z.literal(SNAPSHOT_FORMAT),
    takenAt: z.iso.datetime({ offset: true, error: 'expected an ISO 8601 date and time with its time zone' }),
    source: z.enum(['aws', 'import', 'demo']),
    collected: z
      .record(z.string(), z.array(z.string()))
      .optional()
      .describe(
        'kind → fields that were asked for: one that a line lacks, unreadable aside, was proved absent',
      ),
  })
  .meta({ id: 'SnapshotHeader' });

/** The first line of a snapshot. */
export type SnapshotHeader = z.infer<typeof snapshotHeaderSchema>;

/** Kinds whose lines belong to one account: by its id, or by the resource's ARN. */
const OWNED_KINDS: ReadonlySet<string> = new Set<SnapshotKind>([
  'iam-user',
  'iam-role',
  'iam-group',
  'iam-policy',
  'identity-provider',
  'account-public-access-block',
  'bucket',
  'access-point',
  'multi-region-access-point',
  'kms-key',
  'vpc-endpoint',
  'vpc',
  'route-table',
  'trail',
]);

/** A fault of an input, by its place: a JSON pointer, and what was expected there. */
export interface Fault {
  readonly path: string;
  readonly message: string;
}

/**
 * Checks one line after the first. The line comes back as it was given, nothing dropped or converted; a fault names
 * the JSON pointer of the first thing that does not fit.
 */
export function checkSnapshotLine(
  line: unknown,
): { readonly line: SnapshotLine } | { readonly fault: Fault } {
  if (!isEnvelope(line)) return { fault: faultOf(envelope, line) };
  if (!isSnapshotKind(line.kind)) return { line };
  if (OWNED_KINDS.has(line.kind) && snapshotLineOwner(line) === undefined && !isAwsManagedPolicy(line)) {
    return { fault: { path: '/accountId', message: `a line of kind \`${line.kind}\` needs an account id` } };
  }
  const content = SNAPSHOT_KINDS[line.kind].safeParse(line.data);
  return content.success ? { line } : { fault: firstFault(content.error, ['data']) };
}

/** Checks the first line. */
export function checkSnapshotHeader(
  line: unknown,
): { readonly header: SnapshotHeader } | { readonly fault: Fault } {
  return isHeader(line) ? { header: line } : { fault: faultOf(snapshotHeaderSchema, line) };
}

// Guards, so that a line comes back as it was given: the copy that zod makes lacks a field named `__proto__`.
function isEnvelope(line: unknown): line is SnapshotLine {
  return envelope.safeParse(line).success;
}

function isHeader(line: unknown): line is SnapshotHeader {
  return snapshotHeaderSchema.safeParse(line).success;
}

const UNFIT = 'does not fit the format';

function faultOf(schema: z.ZodType, value: unknown): Fault {
  const result = schema.safeParse(value);
  return result.success ? { path: '', message: UNFIT } : firstFault(result.error);
}

/** The first issue of a schema error, as a pointer and a sentence. */
export function firstFault(error: z.ZodError, prefix: readonly PropertyKey[] = []): Fault {
  const issue = deepest(error.issues[0]);
  return { path: jsonPointer([...prefix, ...(issue?.path ?? [])]), message: sentenceOf(issue?.message) };
}

/** "Invalid input: expected string, received undefined" → "expected string, received nothing". */
function sentenceOf(message: string | undefined): string {
  const text = (message ?? '').replace(/^(?:Invalid|Too|Unrecognized) [a-z]+(?:: |$)/, '');
  if (text === '') return UNFIT;
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`.replace(/received undefined$/, 'received nothing');
}

/** For a union, the issue of the branch that came furthest says more than "no branch fits". */
function deepest(
  issue: z.core.$ZodIssue | undefined,
): { path: readonly PropertyKey[]; message: string } | undefined {
  if (issue?.code !== 'invalid_union') return issue;
  const branches = issue.errors.map((branch) => branch[0]).filter((inner) => inner !== undefined);
  const best = branches.toSorted((a, b) => b.path.length - a.path.length)[0];
  const inner = deepest(best);
  return inner && inner.path.length > 0
    ? { path: [...issue.path, ...inner.path], message: inner.message }
    : issue;
}

/** The JSON pointer of a place (RFC 6901). */
export function jsonPointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The JSON Schemas of the snapshot's first line and of every kind, for publication. */
export function snapshotJsonSchemas(): Readonly<Record<string, unknown>> {
  const header = ['snapshot', z.toJSONSchema(snapshotHeaderSchema, { io: 'input' })] as const;
  const lines = Object.entries(SNAPSHOT_KINDS).map(([kind, content]) => {
    const line = envelope.extend({ kind: z.literal(kind), data: content }).meta({ title: kind });
    return [kind, z.toJSONSchema(line, { io: 'input' })] as const;
  });
  return Object.fromEntries<unknown>([header, ...lines]);
}
