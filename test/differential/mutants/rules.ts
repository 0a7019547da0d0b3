/** A rule that is turned round in the text of one file, to see whether the differential suite notices. */
export interface Mutant {
  readonly rule: string;
  readonly package: 'spec' | 'engine';
  /** Below the package's `src`. */
  readonly file: string;
  /** Stands exactly once in the file. */
  readonly find: string;
  readonly replace: string;
  /** The part of the differential suite that speaks of the rule. */
  readonly seenBy: Part;
}

export type Part = 'requests' | 'gates' | 'access points' | 'KMS';

type Text = readonly [find: string, replace: string];
type Flip = (seenBy: Part, rule: string, file: string, text: Text) => Mutant;

const flippedIn =
  (name: Mutant['package']): Flip =>
  (seenBy, rule, file, [find, replace]) => ({ rule, package: name, file, find, replace, seenBy });

const flipped = flippedIn('spec');
const engine = flippedIn('engine');

const IN_SPEC: readonly Mutant[] = [
  flipped('requests', 'A.5: a `*` spans slashes', 'pattern.ts', [
    "piece === '**' ||",
    "(piece === '**' && char !== '/') ||",
  ]),
  flipped('requests', 'A.6: only Version 2012-10-17 has variables', 'document.ts', [
    "=== '2012-10-17'",
    "!== '2008-10-17'",
  ]),
  flipped('requests', 'A.8: a negated operator holds where the key is absent', 'condition.ts', [
    'set === undefined ? isNegated(operator)',
    'set === undefined ? false',
  ]),
  flipped('requests', 'A.9: ForAnyValue fails where the key is absent', 'condition.ts', [
    ": set === 'ForAllValues'",
    ': true',
  ]),
  flipped('requests', 'A.3: a boundary makes NotPrincipal deny', 'principal.ts', [
    'hasBoundary && (',
    '!hasBoundary && (',
  ]),
  flipped('requests', 'B.3: every node must allow', 'pair.ts', [
    'pair.around.flatMap(silence)',
    'pair.around.slice(1).flatMap(silence)',
  ]),
  flipped('requests', 'B.3: RCPs spare the management account', 'organization.ts', [
    'if (isOwn && request.principalInManagementAccount === true) return false;',
    '',
  ]),
  flipped('requests', 'B.4: a role that is named is still limited by its boundary', 'pair.ts', [
    "if (names('limited')) return limits.flatMap(silence);",
    "if (names('limited')) return [];",
  ]),
  flipped('requests', 'B.4: whoever is named needs no identity policy', 'pair.ts', [
    "if (names('direct')) return [];",
    '',
  ]),
  flipped('requests', 'B.4: the root user needs no identity policy', 'pair.ts', [
    "if (caller.kind === 'root' && trusted) return [];",
    '',
  ]),
  flipped('requests', 'B.5: across accounts the caller needs its own policies', 'pair.ts', [
    "caller.kind === 'root' ? [] : [identity, ...limits]",
    '[]',
  ]),
  flipped('gates', 'C.4: the bucket policy grants nothing on a foreign object', 'object-owner.ts', [
    'objectOwner !== pair.owner &&',
    'false &&',
  ]),
  flipped('gates', 'C.5: BucketOwnerEnforced disables ACLs', 'object-owner.ts', [
    "if (facts.ownership === 'BucketOwnerEnforced') return pair;",
    '',
  ]),
  flipped('gates', 'C.5: anonymous callers are no AuthenticatedUsers', 'object-owner.ts', [
    "|| caller.kind !== 'anonymous'",
    '|| true',
  ]),
  flipped('gates', 'C.7: IgnorePublicAcls', 'object-owner.ts', [
    'isMember && !publicAclsIgnored',
    'isMember',
  ]),
  flipped('gates', 'C.7: RestrictPublicBuckets spares services', 'gates.ts', [
    "caller.kind === 'service' || ('accountId'",
    "false || ('accountId'",
  ]),
  flipped('access points', 'C.7: a VPC access point is never public', 'gates.ts', [
    '|| point.vpc !== undefined) return false;',
    ') return false;',
  ]),
  flipped('access points', 'C.8: the bucket must permit what comes through an access point', 'judge.ts', [
    '...refusalsBehindAccessPoint(pair)',
    '',
  ]),
  flipped('access points', 'C.8: delegation by the bucket settles the caller', 'pair.ts', [
    'counts || (inAccount',
    '(inAccount',
  ]),
  flipped('access points', 'C.8: a VPC access point knows its VPC only', 'gates.ts', [
    "vpc === undefined || header(request, 'aws:SourceVpc') === vpc",
    'vpc === undefined',
  ]),
  flipped('gates', 'C.9: the owner need not pay', 'gates.ts', ['!owned && !agreed', '!agreed']),
  flipped('gates', 'C.9: governance mode can be bypassed', 'gates.ts', [
    "lock === 'governance' && bypasses()",
    'false',
  ]),
  flipped('gates', 'D.1: SSE-C is refused where it is blocked', 'gates.ts', [
    "includes('SSE-C') === true",
    "includes('SSE-C') === false",
  ]),
  flipped('KMS', 'D.3: a multipart upload decrypts too', 'key.ts', [
    "multipart ? ['kms:GenerateDataKey', 'kms:Decrypt'] : ['kms:GenerateDataKey']",
    "['kms:GenerateDataKey']",
  ]),
  flipped('requests', 'D.4: a key does not trust its account by itself', 'pair.ts', [
    '!/^(kms-key-policy|role-trust)$/.test(resource.layer)',
    'true',
  ]),
  flipped('KMS', 'D.4: a grant holds under its encryption context only', 'key.ts', [
    'naming && holds && isWhole',
    'naming && isWhole',
  ]),
  flipped('KMS', 'D.1, B.3: RCPs do not reach the keys of AWS', 'key.ts', [
    'key.managedByAws === true ? [] : key.rcps',
    'key.rcps',
  ]),
  flipped('KMS', 'D.5: only an enabled key works', 'key.ts', ["state !== 'Enabled'", "state === 'Disabled'"]),
];

const IN_ENGINE: readonly Mutant[] = [
  engine('requests', 'A.3: a boundary makes NotPrincipal deny', 'evaluate/caller.ts', [
    'if (mayBeBounded && caller.hasBoundary === true) return x.no;',
    '',
  ]),
  engine('requests', 'A.6: only Version 2012-10-17 has variables', 'compile/policy.ts', [
    "=== '2012-10-17'",
    "!== '2008-10-17'",
  ]),
  engine('requests', 'A.8: a negated operator holds where the key is absent', 'evaluate/condition.ts', [
    'return ifExists || operator.negated;',
    'return ifExists;',
  ]),
  engine('requests', 'A.9: ForAllValues holds where the key is absent', 'evaluate/condition.ts', [
    "if (quantifier === 'all-values') return true;",
    "if (quantifier === 'all-values') return false;",
  ]),
  engine('requests', 'B.3: every node must allow', 'evaluate/combine.ts', [
    'to.push(need(layer, match.allows, ask));',
    '',
  ]),
  engine('requests', 'B.4: a role that is named is still limited by its boundary', 'evaluate/combine.ts', [
    "kind === 'user' ? byName : x.no",
    'byName',
  ]),
  engine('requests', 'B.5: across accounts the caller needs its own policies', 'evaluate/combine.ts', [
    'return [need(layers.identity, own, ask), ...limits(x.no, matched), need(layers.resource, there, ask)];',
    'return [need(layers.resource, there, ask)];',
  ]),
  engine('gates', 'C.5: READ on a bucket reads no object', 'evaluate/gates/acl.ts', [
    "READ: ['s3:listbucket', ",
    "READ: ['s3:getobject', 's3:listbucket', ",
  ]),
  engine('gates', 'C.9: the owner need not pay', 'evaluate/gates/requester-pays.ts', [
    'holds: isOwner ? x.yes :',
    'holds: false ? x.yes :',
  ]),
  engine(
    'gates',
    'C.9: governance mode can be bypassed, compliance cannot',
    'evaluate/gates/object-lock.ts',
    ["mode !== 'GOVERNANCE' ? x.no", "mode === 'GOVERNANCE' ? x.no"],
  ),
  engine(
    'access points',
    'C.8: the bucket must permit what comes through an access point',
    'evaluate/combine.ts',
    [
      'const permits = x.any([grantTo(TO_ANY, counting, x), itself]);',
      'const permits = x.any([grantTo(TO_ANY, counting, x), itself, x.yes]);',
    ],
  ),
  engine('KMS', 'D.4: a key does not trust its account by itself', 'evaluate/combine.ts', [
    'const delegated = grantTo(TO_ACCOUNT, granted, x);',
    'const delegated = x.yes;',
  ]),
  engine('KMS', 'D.5: only an enabled key works', 'evaluate/kms.ts', [
    "state.value === 'Enabled'",
    "state.value !== 'Disabled'",
  ]),
];

/** Flipped rules, each with its row of semantics.md. */
export const MUTANTS: readonly Mutant[] = [...IN_SPEC, ...IN_ENGINE];
