import { z } from 'zod';
import { LAYERS, VERDICTS } from '../layer.ts';
import { expressionSchema } from './expression.ts';
import { lockoutShape } from './lockout.ts';
import { statementRefSchema } from './statement-ref.ts';

const layer = z.enum(LAYERS);
const leg = z.enum(['s3', 'kms']);
const verdict = z.enum(VERDICTS);

export const remedySchema = z.object({
  summary: z.string(),
  layer,
  risk: z.enum(['low', 'medium', 'high']),
  minutes: z.tuple([z.number(), z.number()]),
  patch: z.object({ document: z.string(), before: z.string().nullable(), after: z.string() }).optional(),
  verified: z.boolean(),
});

export type Remedy = z.infer<typeof remedySchema>;

const viaSchema = z.union([
  z.string().min(1).describe('"internet", a VPC endpoint id, or an access point ARN'),
  z.object({
    endpoint: z.string().optional(),
    internet: z.boolean().optional().describe('through no VPC endpoint'),
    accessPoint: z.string().optional().describe('ARN of an access point, of one Region or several'),
    sourceIp: z.string().optional(),
    service: z.string().optional(),
  }),
]);

/** What the asker says of the object, which no scan sees; what is not given is assumed. */
export const objectSchema = z.object({
  owner: z.string().min(1).optional().describe("account id or canonical user id of the object's owner"),
  grants: z
    .array(
      z.object({
        Grantee: z.object({
          Type: z.string().optional(),
          ID: z.string().optional(),
          URI: z.string().optional(),
        }),
        Permission: z.string(),
      }),
    )
    .optional()
    .describe("the object's own ACL, as GetObjectAcl answers it"),
  encryption: z
    .object({
      SSEAlgorithm: z.enum(['AES256', 'aws:kms', 'aws:kms:dsse']),
      KMSMasterKeyID: z.string().min(1).optional().describe('key ARN; aws/s3 where it is not given'),
      BucketKeyEnabled: z.boolean().optional(),
    })
    .optional(),
  lock: z
    .object({
      mode: z.enum(['GOVERNANCE', 'COMPLIANCE']).optional(),
      retained: z.boolean().optional().describe('the retention period is not over'),
      legalHold: z.boolean().optional(),
    })
    .optional(),
});

export type AskedObject = z.infer<typeof objectSchema>;

/** How an action is carried out where that changes what it needs: a multipart upload also decrypts. */
const operation = z.enum(['multipart']);

export const explainRequestSchema = z
  .object({
    id: z.string().optional(),
    principal: z
      .string()
      .min(1)
      .describe('ARN of a user, role, session or root; "anonymous"; a service principal'),
    action: z.string().min(1).describe('an IAM action, as in s3:GetObject'),
    resource: z
      .string()
      .min(1)
      .describe(
        'ARN of a bucket, of an object (which may hold *), of a KMS key or alias, or of a role (sts:AssumeRole)',
      ),
    via: viaSchema.optional(),
    context: z
      .record(z.string(), z.array(z.string()).nullable())
      .optional()
      .describe(
        'a list closes the key with its values, null closes it as absent, a key not given stays open',
      ),
    operation: operation
      .optional()
      .describe('"multipart": s3:PutObject as a multipart upload, which needs kms:Decrypt too'),
    object: objectSchema.optional().describe('what is known of the object, which no scan sees'),
    sessionPolicies: z
      .array(z.object({ name: z.string(), policy: z.unknown() }))
      .optional()
      .describe("policies passed with the caller's session; none are assumed where this is not given"),
  })
  .meta({ id: 'ExplainRequest' });

export type ExplainRequest = z.infer<typeof explainRequestSchema>;

/** A concrete request context: every key with its values. The object's key is `key`. */
export const contextSchema = z.record(z.string(), z.array(z.string()));
export type Context = z.infer<typeof contextSchema>;

export const coverageGapSchema = z.object({
  step: z.string(),
  accountId: z.string().optional(),
  region: z.string().optional(),
  reason: z.string(),
  effect: z.string(),
  ...lockoutShape,
});

/** Something that a scan could not read, and what it leaves unknown. */
export type CoverageGap = z.infer<typeof coverageGapSchema>;

export const missingDocumentSchema = z.object({
  document: z.string(),
  reason: z.string(),
  gap: coverageGapSchema.optional().describe('the read that failed, where a scan made one'),
});

/** A document that could not be read and that the verdict would need. */
export type MissingDocument = z.infer<typeof missingDocumentSchema>;

export const layerOutcomeSchema = z.object({
  leg,
  layer,
  outcome: z.enum([
    'allowed',
    'explicitly-denied',
    'implicitly-denied',
    'not-applicable',
    'conditional',
    'unknown',
  ]),
  statements: z.array(statementRefSchema),
  note: z.string(),
});

export type LayerOutcome = z.infer<typeof layerOutcomeSchema>;

export const blockerSchema = z.object({
  leg,
  layer,
  explicit: z.boolean().describe('an explicit Deny, rather than a missing Allow'),
  statement: statementRefSchema.nullable(),
  liftingGives: verdict.describe('the verdict if this blocker alone were lifted'),
  remedy: remedySchema.optional(),
});

/** One thing that refuses the request. */
export type Blocker = z.infer<typeof blockerSchema>;

export const decisionSchema = z.object({
  verdict,
  condition: expressionSchema.describe('true where allowed, false where denied'),
  conditionText: z.string(),
  witness: contextSchema.nullable().describe('a request context under which it is allowed'),
  assumptions: z.array(z.string()),
  missing: z.array(missingDocumentSchema),
  layers: z.array(layerOutcomeSchema),
  blockers: z.array(blockerSchema),
  grantedBy: z.array(statementRefSchema),
  keys: z
    .array(z.string())
    .describe('object key patterns that are reached, a superset where the condition is finer'),
  bounds: z
    .object({ worst: verdict, best: verdict })
    .optional()
    .describe('for unknown: the verdicts with every unreadable document at its worst and at its best'),
});

/** What the engine says of one request, whole: the verdict, what it rests on, and all that refuses it. */
export type Decision = z.infer<typeof decisionSchema>;

export const scanRefSchema = z.object({ id: z.string(), finishedAt: z.string() });
export type ScanRef = z.infer<typeof scanRefSchema>;

export const explainAnswerSchema = decisionSchema
  .extend({
    id: z.string().optional(),
    principal: z.string(),
    action: z.string(),
    resource: z.string(),
    operation: operation.optional(),
    scan: scanRefSchema,
  })
  .meta({ id: 'ExplainAnswer' });

export type ExplainAnswer = z.infer<typeof explainAnswerSchema>;

export const coverageSchema = z.object({ complete: z.boolean(), gaps: z.array(coverageGapSchema) });
export type Coverage = z.infer<typeof coverageSchema>;

export const PRINCIPAL_KINDS = [
  'role',
  'user',
  'root',
  'account',
  'service',
  'anonymous',
  'federated',
  'unresolved',
] as const;
export const RELATIONS = ['same-account', 'same-org', 'external', 'public', 'service'] as const;

export const whoCanRowSchema = z.object({
  principal: z.string(),
  kind: z.enum(PRINCIPAL_KINDS),
  accountId: z.string().nullable(),
  relation: z.enum(RELATIONS),
  action: z.string(),
  operation: operation.optional().describe('"multipart": the action as a multipart upload'),
  verdict: z.enum(['allowed', 'conditional', 'unknown']),
  keys: z.array(z.string()),
  condition: expressionSchema.nullable(),
  conditionText: z.string(),
  grantedBy: z.array(statementRefSchema),
});

/** One principal that holds one action on the bucket, or of whom that is unknown. */
export type WhoCanRow = z.infer<typeof whoCanRowSchema>;

export const whoCanAnswerSchema = z
  .object({
    bucket: z.string(),
    accountId: z.string(),
    access: z.string().nullable().describe('the access level, null where single actions were asked for'),
    actions: z.array(z.string()),
    scan: scanRefSchema,
    coverage: coverageSchema,
    total: z.number().int(),
    next: z.string().nullable(),
    principals: z.array(whoCanRowSchema),
  })
  .meta({ id: 'WhoCanAnswer' });

export type WhoCanAnswer = z.infer<typeof whoCanAnswerSchema>;
