/**
 * What goes in: text that names AWS's things, and JSON from outside. What comes out: parsed names, observed facts,
 * decisions, findings, and the schemas of the stable formats from which their types come.
 */
export * from './access-level.ts';
export * from './account-state.ts';
export * from './action.ts';
export * from './arn.ts';
export * from './brand.ts';
export * from './canonical-json.ts';
export * from './coverage-step.ts';
export * from './document-members.ts';
export * from './document-name.ts';
export * from './key-axioms.ts';
export * from './layer.ts';
export * from './moment.ts';
export * from './layer-field.ts';
export * from './observed.ts';
export * from './principal.ts';
export * from './scan-point.ts';
export * from './schema/answer.ts';
export * from './schema/changes.ts';
export * from './schema/conformance.ts';
export * from './schema/coverage-answer.ts';
export * from './schema/expression.ts';
export * from './schema/finding.ts';
export { lockoutOf, type Lockout } from './schema/lockout.ts';
export * from './schema/snapshot.ts';
export * from './schema/snapshot-kinds.ts';
export { unreadableFieldSchema, type SnapshotLine } from './schema/snapshot-line.ts';
export * from './schema/snapshot-id.ts';
export * from './schema/snapshot-owner.ts';
export * from './schema/statement-ref.ts';
export { policyDocumentSchema } from './schema/snapshot-data.ts';
