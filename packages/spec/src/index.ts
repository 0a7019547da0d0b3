/**
 * One fully concrete request and all that judges it come in; `Allowed`, `ImplicitlyDenied` or `ExplicitlyDenied` comes
 * out with its reasons, by the most naive reading of the rules in docs/semantics.md, whose rows are cited here as `A.8`
 * or `B.4 row 3`. Only test/ may import it: it is the judge of the engine, and shares nothing with it but the model.
 */
export { judge, judgeS3, type Judgement } from './judge.ts';
export { isPublicPolicy } from './public-policy.ts';
export type { AccessPoint, Gates, PublicAccessBlock, S3Request } from './gates.ts';
export type { KeyCall, KeyGrant } from './key.ts';
export type { ConcreteRequest, Reason } from './layer.ts';
export type { AclGrant } from './object-owner.ts';
