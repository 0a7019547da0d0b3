import { compilePrincipal } from '../compile/principal.ts';
import type { Node } from '../expression/expressions.ts';
import { principalMatches, type PrincipalMatch } from './caller.ts';
import type { Ask, Grant } from './layer.ts';
import type { GrantFacts, KeyFacts } from './question.ts';

/** AWS (D.4): a grant allows its grantee the listed operations, within its encryption context. */
export function keyGrants(key: KeyFacts, ask: Ask): readonly Grant[] {
  if (key.grants.kind === 'absent') return [];
  if (key.grants.kind === 'seen') return key.grants.value.flatMap((grant) => grantsOf(grant, key, ask));
  const { reason } = key.grants;
  const document = `${key.arn}#grants`;
  const when = ask.x.atom({ kind: 'unreadable', leg: 'kms', document, reason, may: 'grant' });
  return [{ as: 'principal', when, statement: undefined }];
}

function grantsOf(grant: GrantFacts, key: KeyFacts, ask: Ask): readonly Grant[] {
  const { x } = ask;
  const operation = ask.action.slice('kms:'.length).toLowerCase();
  if (!grant.operations.some((listed) => listed.toLowerCase() === operation)) return [];
  const pairs = Object.entries(grant.encryptionContext);
  const context = x.all(pairs.map(([name, value]) => contextHolds(name, value, ask)));
  const statement = {
    document: `${key.arn}#grant/${grant.id}`,
    layer: 'kms-grant',
    effect: 'Allow',
    sid: null,
    path: '',
    attachedTo: key.arn,
  } as const;
  return granteeMatches(grant.grantee, ask)
    .map(({ as, when }) => ({ as, when: x.all([when, context]), statement }))
    .filter(({ when }) => when !== x.no);
}

/** A grantee is named as a Principal element would name it. */
function granteeMatches(grantee: string | undefined, { caller, x }: Ask): readonly PrincipalMatch[] {
  if (grantee === undefined || grantee === '*') return [];
  const type = /\.amazonaws\.com(\.cn)?$/.test(grantee) ? 'Service' : 'AWS';
  const element = compilePrincipal({ negated: false, entries: [{ type, value: grantee }] });
  return principalMatches(element, caller, x);
}

/** The names of an encryption context are compared exactly, its values too. */
function contextHolds(name: string, value: string, { context, x }: Ask): Node {
  const key = `kms:encryptioncontext:${name.toLowerCase()}`;
  const state = context.stateOf(key);
  switch (state.kind) {
    case 'known':
      return x.of(state.values.includes(value));
    case 'open':
      return x.atom({ kind: 'test', leg: state.leg, key, test: 'equals', value, glob: undefined });
    case 'prefixed': {
      if (!value.startsWith(state.prefix) || value === state.prefix) return x.no;
      const rest = value.slice(state.prefix.length);
      return x.atom({
        kind: 'test',
        leg: 's3',
        key: state.key,
        test: 'equals',
        value: rest,
        glob: undefined,
      });
    }
    case 'absent':
    case 'unreadable':
      return x.no;
  }
}
