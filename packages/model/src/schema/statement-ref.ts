import { z } from 'zod';
import { LAYERS } from '../layer.ts';

export const statementRefSchema = z
  .object({
    document: z
      .string()
      .describe('ARN or id of the policy, or "<owner ARN>#inline/<name>", "<bucket ARN>#policy", …'),
    layer: z.enum(LAYERS),
    effect: z.enum(['Allow', 'Deny']),
    sid: z.string().nullable(),
    path: z.string().describe('JSON pointer of the statement in its document'),
    attachedTo: z.string(),
    disputed: z.string().optional().describe('row of semantics.md section I that the statement rests on'),
  })
  .meta({ id: 'StatementRef' });

/** Where a statement stands: its document, its place in it, and what the document is attached to. */
export type StatementRef = z.infer<typeof statementRefSchema>;
