import { z } from 'zod';

const LEG = z.enum(['s3', 'kms']);

/** One positive test of one open context key on one leg; `values` are alternatives. */
export interface TestExpression {
  readonly leg: 's3' | 'kms';
  /** A condition key, or `key` for the object's own key, or `session-name` for the name of a role session. */
  readonly key: string;
  /** `one`: the key holds a single value. `some`: at least one of its values satisfies the test. */
  readonly quantifier: 'one' | 'some';
  readonly test:
    | 'equals'
    | 'equals-ignore-case'
    | 'like'
    | 'arn-like'
    | 'in'
    | 'less'
    | 'less-or-equal'
    | 'bool'
    | 'binary-equals'
    | 'present';
  readonly values: readonly string[];
  /** How the values are compared, where the test alone does not say it. */
  readonly type?: 'number' | 'date' | undefined;
  /** With `some`: at least one value satisfies none of `values`. */
  readonly negated?: true | undefined;
}

/** What a decision rests on, over the context keys that a scan leaves open (formats.md section 3). */
export type Expression =
  | boolean
  | { readonly all: readonly Expression[] }
  | { readonly any: readonly Expression[] }
  | { readonly not: Expression }
  | TestExpression
  | {
      readonly relation: {
        readonly left: string;
        readonly operator: string;
        readonly right: string;
        readonly leg: 's3' | 'kms';
      };
    }
  | { readonly unreadable: { readonly document: string } };

const testExpression = z.object({
  leg: LEG,
  key: z.string(),
  quantifier: z.enum(['one', 'some']),
  test: z.enum([
    'equals',
    'equals-ignore-case',
    'like',
    'arn-like',
    'in',
    'less',
    'less-or-equal',
    'bool',
    'binary-equals',
    'present',
  ]),
  values: z.array(z.string()),
  type: z.enum(['number', 'date']).optional(),
  negated: z.literal(true).optional(),
});

export const expressionSchema: z.ZodType<Expression> = z
  .lazy(() =>
    z.union([
      z.boolean(),
      z.object({ all: z.array(expressionSchema) }),
      z.object({ any: z.array(expressionSchema) }),
      z.object({ not: expressionSchema }),
      testExpression,
      z.object({
        relation: z.object({ left: z.string(), operator: z.string(), right: z.string(), leg: LEG }),
      }),
      z.object({ unreadable: z.object({ document: z.string() }) }),
    ]),
  )
  .meta({ id: 'Expression', description: 'A condition over the context keys that a scan leaves open.' });
