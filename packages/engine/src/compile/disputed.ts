import { isMultiValuedKey } from '../catalogue/index.ts';
import { isComparable, policyValue } from '../condition/policy-value.ts';
import type { CompiledCondition, CompiledStatement, ResourcePattern } from './compiled.ts';
import { globText } from './glob.ts';
import type { PrincipalElement } from './principal.ts';

type Parts = Pick<CompiledStatement, 'effect' | 'principal' | 'resources' | 'conditions'>;

/** The row of semantics.md section I, where sources disagree, on which the statement rests; undefined for most. */
export function disputedRow({ effect, principal, resources, conditions }: Parts): string | undefined {
  if (principal?.negated === true) {
    if (effect === 'Allow') return 'I.9';
    if (namesRoleAlone(principal)) return 'I.8';
  }
  if (resources?.negated === true && resources.patterns.some(crossesTypes)) return 'I.14';
  for (const condition of conditions) {
    const row = rowOfCondition(condition);
    if (row !== undefined) return row;
  }
  return undefined;
}

/** A role that no session of it and no account beside it makes sure. */
function namesRoleAlone({ names }: PrincipalElement): boolean {
  const isNamed = (kind: string): boolean =>
    names.some((name) => name.kind === 'named' && name.principal.kind === kind);
  return isNamed('role') && !(isNamed('session') && names.some(({ kind }) => kind === 'account'));
}

/** A wildcard in the resource-type part of a service other than S3 and KMS. */
function crossesTypes(pattern: ResourcePattern): boolean {
  if (pattern.kind !== 'arn') return false;
  const service = pattern.leading[2] ? globText(pattern.leading[2].glob) : '';
  return service !== 's3' && service !== 'kms' && /^[^:/]*[*?][^:/]*[:/]/.test(pattern.rest.text);
}

function rowOfCondition(condition: CompiledCondition): string | undefined {
  const { key, quantifier } = condition;
  if (quantifier === 'one' && isMultiValuedKey(key)) return condition.kind === 'test' ? 'I.7' : undefined;
  if (condition.kind === 'null') return undefined;
  if (quantifier === 'any-value' && condition.ifExists) return 'I.6';
  return condition.operator.negated ? rowOfNegated(condition) : undefined;
}

/** A value of the policy that is not of the operator's type. */
function rowOfNegated({
  operator,
  values,
}: Extract<CompiledCondition, { kind: 'test' }>): string | undefined {
  const { test } = operator;
  const isOdd = values.some(
    (template) => !template.hasVariables && !isComparable(test, policyValue(test, template)),
  );
  return isOdd ? (test === 'arn-like' ? 'I.11' : 'I.13') : undefined;
}
