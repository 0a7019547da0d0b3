import { READS } from './calls/index.ts';
import type { Read } from './calls/read.ts';

/** Whose permissions: those that read the organization, or those of the role in every account. */
export type Purpose = 'organization' | 'account';

/**
 * The IAM actions that a scan needs, sorted, and no more (semantics.md H.5): never `s3:GetObject`, never
 * `kms:Decrypt`. `sts:AssumeRole` on the accounts' roles comes on top, for the scanner itself.
 */
export function requiredActions(purpose?: Purpose): readonly string[] {
  const wanted = READS.filter((read) => purpose === undefined || purposeOf(read) === purpose);
  return Array.from(new Set(wanted.flatMap(({ actions }) => actions))).toSorted(byCodeUnit);
}

function purposeOf({ scope }: Read): Purpose {
  return scope === 'organization' ? 'organization' : 'account';
}

function byCodeUnit(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

const HEADINGS = ['Read', 'IAM action', 'Scope', 'Paging', 'Fills', 'Absent by'];

/** The table of reads as a page of Markdown, for docs/reads.md. */
export function describeReads(): string {
  const rows = READS.map(rowOf);
  const widths = HEADINGS.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const rule = widths.map((width) => '-'.repeat(width));
  const table = [HEADINGS, rule, ...rows].map((row) => lineOf(row, widths));
  return `# What a scan reads\n\nGenerated from the table in \`packages/collect/src/calls/index.ts\`.\n\n${table.join('\n')}\n${LEFT_OUT}`;
}

/** Reads that AWS has, and why no scan makes them. */
const LEFT_OUT = `
## What a scan leaves out

- \`organizations DescribeEffectivePolicy(S3_POLICY)\`: its quota is tiny, and \`s3-control GetPublicAccessBlock\` of the account answers the effective value already.
- \`organizations DescribeResourcePolicy\`: who may read the organization decides no request to S3.
- \`s3-control GetMultiRegionAccessPoint\`: the list tells all of an access point but its policy.
- \`ec2 DescribePrefixLists\`: a gateway endpoint names its route tables itself.
- The shadows that a trail throws into other Regions and member accounts: a trail is read in its home Region, in the account that owns it.
`;

function lineOf(row: readonly string[], widths: readonly number[]): string {
  return `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
}

function rowOf(read: Read): readonly string[] {
  return [
    `${read.service} ${read.operation}${filterOf(read)}`,
    read.actions.map(code).join(', ') || '-',
    read.scope,
    read.paging,
    Object.entries(read.fills)
      .map(([kind, fields]) => `${code(kind)} ${fields.join(', ')}`.trim())
      .join('; ') || '-',
    read.absences.map(code).join(', ') || '-',
  ];
}

function filterOf({ id }: Read): string {
  return /\(.*\)$/.exec(id)?.[0] ?? '';
}

function code(text: string): string {
  return `\`${text}\``;
}
