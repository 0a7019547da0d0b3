import { z } from 'zod';
import { VERDICTS } from '../layer.ts';
import { explainRequestSchema } from './answer.ts';

const namedPolicy = z.object({ name: z.string(), policy: z.unknown() });
const node = z.object({ target: z.string(), policies: z.array(namedPolicy) });

export const requestCaseSchema = z
  .object({
    id: z.string(),
    request: z.object({
      principal: z.string(),
      principalInManagementAccount: z.boolean().optional(),
      action: z.string(),
      wildcardOnlyAction: z.boolean().optional(),
      resource: z.string(),
      resourceAccount: z.string(),
      context: z.record(z.string(), z.array(z.string())),
      multiValuedKeys: z.array(z.string()).optional(),
    }),
    identityPolicies: z.array(namedPolicy),
    resourcePolicy: z.unknown().nullable(),
    permissionBoundaries: z.array(namedPolicy).nullable(),
    sessionPolicies: z.array(namedPolicy).nullable(),
    scps: z.array(node),
    rcps: z.array(node),
    vpcEndpointPolicies: z.array(namedPolicy).nullable(),
    settings: z
      .object({
        s3: z
          .object({ blockPublicAccess: z.boolean().optional(), bucketAbacEnabled: z.boolean().optional() })
          .optional(),
      })
      .optional(),
    expect: z.enum(['Allowed', 'ImplicitlyDenied', 'ExplicitlyDenied', 'Denied']),
    features: z.array(z.string()).optional(),
    kind: z.string().optional(),
  })
  .meta({ id: 'RequestCase' });

/** One closed request with all the policies that judge it (formats.md section 2). */
export type RequestCase = z.infer<typeof requestCaseSchema>;

export const worldCaseSchema = z
  .object({
    id: z.string(),
    snapshot: z.union([z.string(), z.array(z.unknown())]),
    request: explainRequestSchema,
    expect: z.enum(VERDICTS),
    blockers: z.array(z.string()).optional(),
    because: z.string(),
  })
  .meta({ id: 'WorldCase' });

/** One question to a whole snapshot. */
export type WorldCase = z.infer<typeof worldCaseSchema>;

export const publicPolicyCaseSchema = z
  .object({ id: z.string(), policy: z.unknown(), expect: z.enum(['public', 'non-public']) })
  .meta({ id: 'PublicPolicyCase' });

/** Is this bucket policy public in the sense of Block Public Access? */
export type PublicPolicyCase = z.infer<typeof publicPolicyCaseSchema>;
