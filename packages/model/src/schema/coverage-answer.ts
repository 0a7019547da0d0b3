import { z } from 'zod';
import { coverageGapSchema, scanRefSchema } from './answer.ts';

/** What became of an account in a scan; every account that Organizations lists has one of these. */
export const ACCOUNT_STATUSES = ['complete', 'partial', 'failed', 'suspended', 'excluded'] as const;

export type AccountStatus = (typeof ACCOUNT_STATUSES)[number];

const times = z.number().int().nonnegative();

const readCountsSchema = z.object({
  seen: times,
  absent: times.describe('AWS said that nothing is configured'),
  unreadable: times,
  skipped: times.describe('never asked for: the account, the Region or the read was left out'),
});

/** How many times a read was answered, and how. */
export type ReadCounts = z.infer<typeof readCountsSchema>;

const ledgerGapSchema = coverageGapSchema.extend({
  kind: z.string().optional().describe('the kind of line whose field could not be read'),
  field: z.string().optional(),
  count: times.describe('how many resources it concerns; 1 for a step'),
  message: z.string().optional().describe("AWS's words, of the first of them"),
});

/** Something that could not be read, and of how many resources; the same reason is said once. */
export type LedgerGap = z.infer<typeof ledgerGapSchema>;

const readLedgerSchema = readCountsSchema.extend({
  kind: z.string(),
  field: z.string().nullable().describe('a member of AWS’s answer; null for the listing itself'),
  step: z.string().nullable().describe('the IAM action of the read, where it is known'),
  reasons: z.record(z.string(), times).describe('reason → how often, of what is unreadable or skipped'),
});

/** One read of an account: how often each outcome came of it. */
export type ReadLedger = z.infer<typeof readLedgerSchema>;

const coverageRowSchema = z.object({
  accountId: z.string().nullable().describe('null for the organization itself'),
  name: z.string().nullable(),
  status: z.enum(ACCOUNT_STATUSES),
  coverage: z
    .number()
    .min(0)
    .max(1)
    .describe('the part of the account that was read, rounded down: 1 only where nothing is missing'),
  counts: readCountsSchema,
  gaps: z.array(ledgerGapSchema).describe('what is missing, the heaviest first'),
  gapsLeftOut: times.describe('how many more gaps there are than are shown'),
  reads: z.array(readLedgerSchema).optional().describe('where one account was asked for'),
});

/** What was read of one account, or of the organization itself. */
export type CoverageRow = z.infer<typeof coverageRowSchema>;

export const coverageAnswerSchema = z
  .object({
    scan: scanRefSchema,
    organization: coverageRowSchema.nullable().describe('null where the scan knows of no organization'),
    total: times.describe('accounts in all'),
    next: z.string().nullable(),
    accounts: z.array(coverageRowSchema),
  })
  .meta({ id: 'CoverageAnswer' });

/** What a scan could read of each account. */
export type CoverageAnswer = z.infer<typeof coverageAnswerSchema>;
