import type { Rule } from './rule.ts';
import { actionResource } from './rules/action-resource.ts';
import { deadStatement } from './rules/dead-statement.ts';
import { deletedPrincipal } from './rules/deleted-principal.ts';
import { duplicateStatement } from './rules/duplicate-statement.ts';
import { endpointPrincipal } from './rules/endpoint-principal.ts';
import { forAllValues } from './rules/for-all-values.ts';
import { foreignElement } from './rules/foreign-element.ts';
import { foreignResource } from './rules/foreign-resource.ts';
import { keyNotCarried } from './rules/key-not-carried.ts';
import { malformedArn } from './rules/malformed-arn.ts';
import { missingPrincipal } from './rules/missing-principal.ts';
import { notPrincipalAllow } from './rules/not-principal-allow.ts';
import { oversize } from './rules/oversize.ts';
import { partition } from './rules/partition.ts';
import { principalWildcard } from './rules/principal-wildcard.ts';
import { privateSourceIp } from './rules/private-source-ip.ts';
import { sessionArn } from './rules/session-arn.ts';
import { setOperatorMissing } from './rules/set-operator-missing.ts';
import { unknownAction } from './rules/unknown-action.ts';
import { unknownKey } from './rules/unknown-key.ts';
import { unresolvableVariable } from './rules/unresolvable-variable.ts';
import { valueType } from './rules/value-type.ts';
import { whitespaceInArn } from './rules/whitespace-in-arn.ts';
import { wildcardInEquals } from './rules/wildcard-in-equals.ts';

/** Every rule of the linter; what does not parse is no rule's business. */
export const RULES: readonly Rule[] = [
  actionResource,
  deadStatement,
  deletedPrincipal,
  duplicateStatement,
  endpointPrincipal,
  forAllValues,
  foreignElement,
  foreignResource,
  keyNotCarried,
  malformedArn,
  missingPrincipal,
  notPrincipalAllow,
  oversize,
  partition,
  principalWildcard,
  privateSourceIp,
  sessionArn,
  setOperatorMissing,
  unknownAction,
  unknownKey,
  unresolvableVariable,
  valueType,
  whitespaceInArn,
  wildcardInEquals,
];
