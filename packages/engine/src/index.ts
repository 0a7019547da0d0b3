/**
 * What goes in: policy text, and a question about one request with all that judges it, known keys closed and unknown
 * ones open. What comes out: a Decision, with the condition it rests on, every layer's outcome and all blockers.
 */
import type { Decision } from '@denyscope/model';
import { evaluateClosed, type ClosedQuestion } from './evaluate/closed.ts';
import { accessOf, decide, type Access } from './evaluate/decide.ts';
import { evaluateKey } from './evaluate/kms.ts';
import type { KeyQuestion, S3Question } from './evaluate/question.ts';
import { evaluateS3 } from './evaluate/s3.ts';
import { createExpressions } from './expression/expressions.ts';

export { compilePolicy, type CompiledPolicy } from './compile/policy.ts';
export type { Issue, PolicyType } from './compile/document.ts';
export { isKnownAction, resourceTypeOf } from './catalogue/index.ts';
export type { Access } from './evaluate/decide.ts';
export type { ClosedQuestion } from './evaluate/closed.ts';
export type { PolicySource } from './evaluate/policy-source.ts';
export type * from './evaluate/question.ts';
export { admittedPrincipals, type PrincipalName } from './admitted.ts';
export { isPublicPolicy } from './public-policy.ts';

/** Decides a question about a bucket or its objects, S3 and KMS together. Never throws for any policy text. */
export function decideS3(question: S3Question): Decision {
  return decide(evaluateS3(question, createExpressions()));
}

/** The same verdict without layers and blockers, for asking many questions; undefined where access is denied. */
export function accessS3(question: S3Question): Access | undefined {
  return accessOf(evaluateS3(question, createExpressions()));
}

/** Decides a call that the caller makes to KMS itself. */
export function decideKey(question: KeyQuestion): Decision {
  return decide(evaluateKey(question, createExpressions()));
}

/** Decides a request whose context is given whole. */
export function decideClosed(question: ClosedQuestion): Decision {
  return decide(evaluateClosed(question, createExpressions()));
}
