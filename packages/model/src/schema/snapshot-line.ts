import { z } from 'zod';
import { lockoutShape } from './lockout.ts';

export const unreadableFieldSchema = z.looseObject({
  field: z.string(),
  reason: z.string(),
  message: z.string().optional(),
  ...lockoutShape,
});

/** What every line after the first has, whatever its kind. */
export const envelope = z.looseObject({
  kind: z.string().min(1),
  accountId: z
    .string()
    .regex(/^(?:\d{12}|aws)$/, 'expected twelve digits')
    .describe('twelve digits; AWS managed policies belong to no account, or to `aws`')
    .optional(),
  region: z.string().min(1).optional(),
  data: z.looseObject({}),
  unreadable: z.array(unreadableFieldSchema).optional(),
});

/** One resource of a snapshot, of any kind; unknown kinds and fields are kept as they are. */
export type SnapshotLine = z.infer<typeof envelope>;
