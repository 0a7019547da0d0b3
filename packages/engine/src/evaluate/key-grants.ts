import { compilePrincipal } from '../compile/principal.ts';
import { compilePolicy, type CompiledStatement } from '../compile/policy.ts';
import type { Node } from '../expression/expressions.ts';
import { principalMatches, type PrincipalMatch } from './caller.ts';
import type { LayerReport } from './combined.ts';
import { conditionExpression } from './condition.ts';
import type { Ask, Grant } from './layer.ts';
import type { GrantFacts, KeyFacts } from './question.ts';

/** AWS (D.4): a grant allows its grantee the listed operations, within its encryption context. */
export function keyGrants(key: KeyFacts, ask: Ask): readonly Grant[] {
  if (key.grants.kind === 'absent') return [];
  if (key.grants.kind === 'seen') return key.grants.value.flatMap((grant) => grantsOf(grant, key, ask));
  const { reason } = key.grants;
  return [{ as: 'principal', when: hiddenGrant(`${key.arn}#grants`, reason, ask), statement: undefined }];
}

/** The row of the key's grants: what they allow this caller, or that none names it. */
export function grantsReport(grants: readonly Grant[], { leg, x }: Ask): LayerReport {
  return {
    leg,
    layer: 'kms-grant',
    applicable: grants.length > 0,
    allows: x.any(grants.map(({ when }) => when)),
    spares: x.yes,
    statements: grants.flatMap(({ statement }) => (statement ? [statement] : [])),
    note: grants.length > 0 ? '' : 'no grant covers the call',
  };
}

function hiddenGrant(document: string, reason: string, { x }: Ask): Node {
  return x.atom({ kind: 'unreadable', leg: 'kms', document, reason, may: 'grant' });
}

function grantsOf(grant: GrantFacts, key: KeyFacts, ask: Ask): readonly Grant[] {
  const { x } = ask;
  const operation = ask.action.slice('kms:'.length).toLowerCase();
  if (!grant.operations.some((listed) => listed.toLowerCase() === operation)) return [];
  const document = `${key.arn}#grant/${grant.id}`;
  const within = x.all([contextHolds(grant, ask), unknownConstraint(grant, document, ask)]);
  const statement = {
    document,
    layer: 'kms-grant',
    effect: 'Allow',
    sid: null,
    path: '',
    attachedTo: key.arn,
  } as const;
  return granteeMatches(grant.grantee, ask)
    .map(({ as, when }) => ({ as, when: x.all([when, within]), statement }))
    .filter(({ when }) => when !== x.no);
}

function unknownConstraint({ unknownConstraint: name }: GrantFacts, document: string, ask: Ask): Node {
  return name === undefined ? ask.x.yes : hiddenGrant(document, `UnknownConstraint: ${name}`, ask);
}

/** A grantee is named as a Principal element would name it: a role's sessions are the role. */
function granteeMatches(grantee: string | undefined, { caller, x }: Ask): readonly PrincipalMatch[] {
  if (grantee === undefined || grantee === '*') return [];
  const type = /\.amazonaws\.com(\.cn)?$/.test(grantee) ? 'Service' : 'AWS';
  const element = compilePrincipal({ negated: false, entries: [{ type, value: grantee }] });
  return principalMatches(element, caller, x);
}

/**
 * AWS (D.4): EncryptionContextSubset wants its pairs in the request's encryption context, EncryptionContextEquals
 * wants them and no others.
 */
function contextHolds({ contextSubset, contextEquals }: GrantFacts, { context, x }: Ask): Node {
  if (!contextSubset && !contextEquals) return x.yes;
  const pairs = [...Object.entries(contextSubset ?? {}), ...Object.entries(contextEquals ?? {})];
  const tests = pairs.map(([name, value]) => ({
    StringEquals: { [`kms:EncryptionContext:${name}`]: value },
  }));
  const noOthers = contextEquals && {
    'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': Object.keys(contextEquals) },
  };
  const conditions = [...tests, ...(noOthers ? [noOthers] : [])].flatMap(conditionsOf);
  return x.all(conditions.map((condition) => conditionExpression(condition, context, x)));
}

/** What a policy's Condition would say, without variables: names and values are compared exactly. */
function conditionsOf(condition: Readonly<Record<string, unknown>>): CompiledStatement['conditions'] {
  const statement = { Effect: 'Allow', Action: 'kms:*', Condition: condition };
  const { statements } = compilePolicy(JSON.stringify({ Statement: [statement] }), 'key');
  return statements.flatMap(({ conditions }) => conditions);
}
