import { z } from 'zod';
import { remedySchema } from './answer.ts';
import { statementRefSchema } from './statement-ref.ts';

export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;

export const findingSchema = z
  .object({
    fingerprint: z.string().describe('stable over scans'),
    rule: z.string(),
    severity: z.enum(SEVERITIES),
    status: z.enum(['open', 'resolved', 'suppressed']),
    timing: z.enum(['now', 'later', 'path', 'fragile']),
    accountId: z.string(),
    bucket: z.string().nullable(),
    principal: z.string().nullable(),
    access: z.string().nullable(),
    grantedBy: z.array(statementRefSchema),
    blockedBy: z.array(statementRefSchema),
    title: z.string(),
    why: z.string(),
    remedy: remedySchema.nullable(),
    source: z.string(),
    firstSeen: z.string(),
    lastSeen: z.string(),
    resolvedAt: z.string().nullable(),
  })
  .meta({ id: 'Finding' });

/** Something a team should act on, with what grants, what blocks, and the remedy (formats.md section 4). */
export type Finding = z.infer<typeof findingSchema>;
