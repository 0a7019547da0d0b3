/**
 * Credentials for one account come in; observations come out, each of them seen, absent or unreadable: the lines of a
 * snapshot, in AWS's own shapes. The reads are one table, from which the first line, docs and permissions derive.
 */
export { accountStates } from './account-states.ts';
export { callerIdentity, type CallerIdentity } from './caller-identity.ts';
export { sharedHttpHandler, type HandlerOptions } from './clients.ts';
export { collectAccount, type AccountOptions } from './collect-account.ts';
export { collectOrganization, type OrganizationOptions } from './collect-organization.ts';
export { describeReads, requiredActions, type Purpose } from './describe-reads.ts';
export type { CallResult } from './failure.ts';
export { collectedFields, snapshotHeader } from './header.ts';
export type { CollectOptions, ObservedCall } from './job.ts';
export { ownCredentialChain } from './own-credentials.ts';
export { callLimit, type CallLimit } from './paced.ts';
export { permissionFiles, sessionPolicy } from './permissions.ts';
export { plannedCalls, type PlannedCall, type Sizes } from './planned-calls.ts';
export { rateBudget, type RateBudget } from './rate-budget.ts';
export { actionsOfField, actionsOfStep, type ReadActions } from './read-actions.ts';
export { DEFAULT_REGIONS } from './regions.ts';
export type { RoleOptions } from './session.ts';
export { localDraw, sharedDraw, type DrawTokens } from './token-bucket.ts';
export { tryReads, type TriedRead } from './try-reads.ts';
