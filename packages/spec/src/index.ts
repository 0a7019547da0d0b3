/**
 * One fully concrete request and the policies around it come in; `Allowed`, `ImplicitlyDenied` or `ExplicitlyDenied`
 * comes out with its reasons, by the most naive reading of the rules in docs/semantics.md, whose rows are cited here
 * as `A.8` or `B.4 row 3`. Only test/ may import it: it is the judge of the engine, and shares nothing with it but
 * the model. ACLs, Object Ownership, access points, KMS grants, Object Lock and SSE-C blocking are not covered yet.
 */
export { judge, type Judgement } from './judge.ts';
export { judgeS3, type Gates, type S3Request } from './judge-s3.ts';
export { isPublicPolicy } from './public-policy.ts';
export type { ConcreteRequest, Reason } from './layer.ts';
