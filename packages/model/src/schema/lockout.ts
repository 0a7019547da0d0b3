import { z } from 'zod';
import { LAYERS } from '../layer.ts';
import { statementRefSchema } from './statement-ref.ts';

/** What may stand beside the reason of whatever could not be read; at most one of them does. */
export const lockoutShape = {
  statement: statementRefSchema.optional().describe('the Deny that locked the scanner out'),
  missingAllow: z
    .enum(LAYERS)
    .optional()
    .describe('the layer that locked the scanner out, as no statement of it allows the read'),
  suspect: z
    .string()
    .optional()
    .describe('the one document that may have locked the scanner out, and that could not be read itself'),
};

const lockoutSchema = z.object(lockoutShape);

/** What locked the scanner out, as far as the policies that could be read tell; nothing where they do not. */
export type Lockout = z.infer<typeof lockoutSchema>;

/** What locked the scanner out, of something that may say it; undefined where it does not. */
export function lockoutOf({ statement, missingAllow, suspect }: Lockout): Lockout | undefined {
  if (statement === undefined && missingAllow === undefined && suspect === undefined) return undefined;
  return {
    ...(statement !== undefined && { statement }),
    ...(missingAllow !== undefined && { missingAllow }),
    ...(suspect !== undefined && { suspect }),
  };
}
