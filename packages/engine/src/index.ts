/**
 * What goes in: policy text, and a question about one request with all that judges it, known keys closed and unknown
 * ones open. What comes out: a Decision, with the condition it rests on, every layer's outcome and all blockers.
 */
import type { Decision, Verdict } from '@denyscope/model';
import { evaluateClosed, type ClosedQuestion } from './evaluate/closed.ts';
import { accessOf, decide, verdictOf, type Access } from './evaluate/decide.ts';
import { evaluateKey } from './evaluate/key-use.ts';
import { evaluateAccessPoint } from './evaluate/access-point-itself.ts';
import { evaluateAccount } from './evaluate/account-use.ts';
import type {
  AccessPointQuestion,
  AccountQuestion,
  KeyQuestion,
  RoleQuestion,
  Route,
  S3Question,
} from './evaluate/question.ts';
import { evaluateRoutes } from './evaluate/routes.ts';
import { evaluateS3 } from './evaluate/s3.ts';
import { evaluateRole } from './evaluate/trust.ts';
import { createExpressions } from './expression/expressions.ts';
import { withRemedies } from './remedy/remedy.ts';

export { compilePolicy, type CompiledPolicy } from './compile/policy.ts';
export type { Issue, PolicyType } from './compile/statement.ts';
export { isOnAccessPointItself } from './catalogue/access-point-actions.ts';
export { expressionHash } from './expression/content-hash.ts';
export { isKnownAction, resourceTypeOf, resourceTypesOf } from './catalogue/index.ts';
export { lintPolicy } from './lint/lint.ts';
export type { LintIssue, Severity } from './lint/rule.ts';
export type { LintOptions, LintType } from './lint/subject.ts';
export type { Access } from './evaluate/decide.ts';
export type { ClosedQuestion } from './evaluate/closed.ts';
export { isServiceLinkedArn } from './evaluate/reach.ts';
export { writesObject } from './evaluate/kms-actions.ts';
export type { PolicySource } from './evaluate/policy-source.ts';
export type * from './evaluate/question.ts';
export { admittedPrincipals, type PrincipalName } from './admitted.ts';
export { isPublicPolicy } from './public-policy.ts';

/** Decides a question about a bucket or its objects, S3 and KMS together. Never throws for any policy text. */
export function decideS3(question: S3Question): Decision {
  return withRemedies(decide(evaluateS3(question, createExpressions())), question);
}

/** The same verdict without layers and blockers, for asking many questions; undefined where access is denied. */
export function accessS3(question: S3Question): Access | undefined {
  return accessOf(evaluateS3(question, createExpressions()));
}

/** Decides a request through a multi-Region access point, which S3 routes to one of several buckets. */
export function decideRoutes(routes: readonly Route[]): Decision {
  return withRemedies(decide(evaluateRoutes(routes, createExpressions())), routes[0]?.question);
}

/** Decides an action on an access point itself: its policy, its settings. */
export function decideAccessPoint(question: AccessPointQuestion): Decision {
  return withRemedies(decide(evaluateAccessPoint(question, createExpressions())), question);
}

/** Decides a call that the caller makes to KMS itself. */
export function decideKey(question: KeyQuestion): Decision {
  return withRemedies(decide(evaluateKey(question, createExpressions())), question);
}

/** Decides an action that names no resource, as the listing of all buckets. */
export function decideAccount(question: AccountQuestion): Decision {
  return withRemedies(decide(evaluateAccount(question, createExpressions())), question);
}

/** Decides whether the caller may assume a role. */
export function decideRole(question: RoleQuestion): Decision {
  return withRemedies(decide(evaluateRole(question, createExpressions())), question);
}

/** Decides a request whose context is given whole. */
export function decideClosed(question: ClosedQuestion): Decision {
  return decide(evaluateClosed(question, createExpressions()));
}

/** The verdict of such a request alone, without the work of explaining it. */
export function verdictClosed(question: ClosedQuestion): Verdict {
  return verdictOf(evaluateClosed(question, createExpressions()));
}
