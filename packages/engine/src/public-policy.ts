import type { CompiledCondition, CompiledPolicy, CompiledStatement } from './compile/policy.ts';
import { parseRange } from './condition/compare.ts';
import type { Template } from './compile/template.ts';
import type { PrincipalName } from './compile/principal.ts';

/**
 * Is this bucket policy public in the sense of Block Public Access? AWS (C.7): assume public; non-public only where
 * every Allow limits access to fixed values of at least one of the listed principals or keys. One public statement
 * taints the whole policy.
 */
export function isPublicPolicy(policy: CompiledPolicy, holder: PolicyHolder = 'bucket'): boolean {
  return publicStatements(policy, holder).length > 0;
}

/** What the policy is attached to, which decides what one key is worth. */
export type PolicyHolder = 'bucket' | 'access-point';

/** The Allow statements that make the policy public. */
export function publicStatements(
  policy: CompiledPolicy,
  holder: PolicyHolder = 'bucket',
): readonly CompiledStatement[] {
  return policy.statements.filter(
    (statement) => statement.effect === 'Allow' && isPublicStatement(statement, holder),
  );
}

function isPublicStatement(statement: CompiledStatement, holder: PolicyHolder): boolean {
  const { principal } = statement;
  if (!principal) return false;
  if (!principal.negated && principal.names.every(isFixedPrincipal)) return false;
  // AWS (C.7): in an access point's own policy, s3:DataAccessPointArn limits nobody.
  const counting = statement.conditions.filter(
    ({ key }) => holder === 'bucket' || key !== 's3:dataaccesspointarn',
  );
  return !counting.some(limitsAccess);
}

function isFixedPrincipal(name: PrincipalName): boolean {
  return name.kind !== 'everyone' && !(name.kind === 'nobody' && /[*?]/.test(name.text));
}

type Fixed = (value: string, operatorTest: string) => boolean;

const fixed: Fixed = (value) => !/[*?]/.test(value);
/** Wildcards only after the account. */
const fixedAccountArn: Fixed = (value) => /^arn:[^:*?]+:[^:*?]+:[^:*?]*:\d{12}:/.test(value);
const fixedOrgPath: Fixed = (value) => /^o-[^*?/]+\//.test(value);

/**
 * The keys that limit, and what counts as a fixed value of each. The first block is AWS's list; the second is what
 * other tools accept beside it (semantics.md I.16, disputed: AWS's list is silent).
 */
const LIMITING_KEYS: ReadonlyMap<string, Fixed> = new Map<string, Fixed>([
  ['aws:principalorgid', fixed],
  ['aws:sourceip', isNarrowRange],
  ['aws:sourcearn', fixed],
  ['aws:sourcevpc', fixed],
  ['aws:sourcevpce', fixed],
  ['aws:sourceowner', fixed],
  ['aws:sourceaccount', fixed],
  ['aws:userid', (value) => fixed(value, '') || /^A[A-Z0-9]{15,}:\*?$/.test(value)],
  ['s3:dataaccesspointarn', fixedAccountArn],
  ['s3:dataaccesspointaccount', fixed],

  ['aws:principalaccount', fixed],
  ['aws:principalarn', fixedAccountArn],
  ['aws:principalorgpaths', fixedOrgPath],
  ['aws:principalisawsservice', (value) => value.toLowerCase() === 'true'],
  // Only AWS services carry these two, whatever the value.
  ['aws:principalservicename', () => true],
  ['aws:principalservicenameslist', () => true],
  ['aws:vpceaccount', fixed],
  ['aws:vpceorgid', fixed],
  ['aws:vpceorgpaths', fixedOrgPath],
  ['aws:sourcevpcarn', fixed],
]);

/** The tests that hold a key to values; an order or a number limits nobody. */
const NAMING_TESTS: ReadonlySet<string> = new Set([
  'equals',
  'equals-ignore-case',
  'like',
  'arn-like',
  'bool',
  'in',
]);

/** A condition limits where it is positive, needs its key, and all its values are fixed. */
function limitsAccess(condition: CompiledCondition): boolean {
  if (condition.kind === 'null' || condition.ifExists) return false;
  const { negated, test } = condition.operator;
  if (negated || !NAMING_TESTS.has(test)) return false;
  const isFixed = LIMITING_KEYS.get(condition.key);
  if (!isFixed || condition.values.length === 0) return false;
  // ForAllValues passes where the key is absent. A multi-valued key without its set operator never matches (A.9),
  // and what never matches opens nothing.
  if (condition.quantifier === 'all-values') return false;
  return condition.values.every((value) => isFixedValue(value, condition.operator.test, isFixed));
}

function isFixedValue(value: Template, test: string, isFixed: Fixed): boolean {
  if (value.hasVariables) return false;
  // Under an operator without wildcards, `*` is a plain character, and AWS still calls such a value not fixed.
  return isFixed(value.text, test);
}

/** AWS (C.7): not broader than /8 (IPv4) or /32 (IPv6); private ranges are exempt from the width rule. */
function isNarrowRange(value: string): boolean {
  const range = parseRange(value);
  if (!range) return false;
  const size = range.last - range.first + 1n;
  if (range.family === 'ipv6') return size <= 1n << 96n;
  return size <= 1n << 24n || isPrivate(range.first, range.last);
}

const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].flatMap((cidr) => parseRange(cidr) ?? []);

function isPrivate(first: bigint, last: bigint): boolean {
  return PRIVATE.some((range) => range.first <= first && last <= range.last);
}
