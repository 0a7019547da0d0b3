import { z } from 'zod';
import { coverageGapSchema, scanRefSchema } from './answer.ts';

const pointer = z.string().describe('JSON pointer');

/** One element of a statement that differs. A value that stands alone is a list of one. */
export const elementChangeSchema = z.object({
  element: z.string().describe('Sid, Effect, Principal, Action, Resource, Condition, …'),
  operator: z.string().optional().describe('of a condition'),
  key: z.string().optional().describe('the condition key, or the type of principal'),
  removed: z.array(z.unknown()),
  added: z.array(z.unknown()),
});

export type ElementChange = z.infer<typeof elementChangeSchema>;

export const statementChangeSchema = z.object({
  change: z.enum(['added', 'removed', 'changed']),
  sid: z.string().nullable(),
  effect: z.string().nullable(),
  before: pointer.nullable().describe('where it stood in the document before; null for a new one'),
  after: pointer.nullable().describe('where it stands in the document after; null where it is gone'),
  elements: z.array(elementChangeSchema).describe('of a new or removed statement, all of its elements'),
});

/** A statement of a policy that is new, gone or different. */
export type StatementChange = z.infer<typeof statementChangeSchema>;

const member = {
  path: pointer.describe('JSON pointer into the line after; into the line before where it is gone'),
  name: z
    .string()
    .describe(
      'the same for people, with items of lists by their own name: RolePolicyList[read].PolicyDocument',
    ),
  before: z.unknown().optional().describe('the value before; not there where there was none to see'),
  after: z.unknown().optional().describe('the value after; not there where there is none to see'),
};

const VALUE_CHANGES = ['added', 'removed', 'changed', 'reordered'] as const;

export const policyChangeSchema = z.object({
  statements: z.array(statementChangeSchema),
  members: z
    .array(z.object({ ...member, change: z.enum(VALUE_CHANGES) }))
    .describe('what differs outside of statements, with pointers into the document: Version, Id, …'),
});

/** What differs between two policy documents, whatever the order and the spelling of their statements. */
export type PolicyChange = z.infer<typeof policyChangeSchema>;

export const valueChangeSchema = z.object({
  ...member,
  change: z.enum(VALUE_CHANGES),
  policy: policyChangeSchema
    .optional()
    .describe('for a policy document that reads as JSON; a new or removed one is compared with an empty one'),
});

/** Something in a snapshot line that is new, gone, different, or in another order where order may matter. */
export type ValueChange = z.infer<typeof valueChangeSchema>;

const why = z.object({ reason: z.string(), message: z.string().optional() });

export const fieldChangeSchema = z.object({
  ...valueChangeSchema.shape,
  change: z.enum([...VALUE_CHANGES, 'became-unreadable', 'became-readable']),
  unreadable: z
    .object({ before: why.optional(), after: why.optional() })
    .optional()
    .describe('the scans that could not read the field: what it was there is unknown'),
});

/** One field of a resource that differs, or that only one of the scans could read. */
export type FieldChange = z.infer<typeof fieldChangeSchema>;

export const changeSchema = z.object({
  kind: z.string(),
  accountId: z.string().nullable(),
  region: z.string().nullable(),
  id: z.string().describe('the name of a bucket, the ARN of a role, … within kind, account and Region'),
  change: z
    .enum(['added', 'removed', 'changed', 'became-unreadable', 'became-readable'])
    .describe('became-…: only one of the scans could look; whether the resource came or went is unknown'),
  because: coverageGapSchema.optional().describe('for became-…: what the other scan could not read'),
  fields: z
    .array(fieldChangeSchema)
    .describe(
      'of a new or removed resource, all of its fields; none for became-…, where nothing is compared',
    ),
});

/** A resource that two scans tell differently. */
export type Change = z.infer<typeof changeSchema>;

export const comparedScanSchema = scanRefSchema.extend({ takenAt: z.string() });

/** A scan that was compared. */
export type ComparedScan = z.infer<typeof comparedScanSchema>;

export const changesAnswerSchema = z
  .object({
    from: comparedScanSchema,
    to: comparedScanSchema,
    changes: z.array(changeSchema).describe('by kind, account, Region and id'),
    next: z.string().nullable(),
  })
  .meta({ id: 'ChangesAnswer' });

export type ChangesAnswer = z.infer<typeof changesAnswerSchema>;
