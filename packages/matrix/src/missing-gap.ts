import { gapAt, type Estate } from '@denyscope/inventory';
import {
  layerField,
  type CoverageGap,
  type Decision,
  type MissingDocument,
  type Observed,
  type SnapshotKind,
} from '@denyscope/model';

/** A fact of a resource, by the field of the snapshot line that tells it. */
interface NamedFact {
  readonly kind: SnapshotKind;
  readonly field: string;
  readonly fact: Observed<unknown>;
  readonly accountId: string;
  readonly region?: string | undefined;
}

/** The gap that a fact leaves which could not be read; undefined where it was. */
export function gapOfFact({ kind, field, fact, accountId, region }: NamedFact): CoverageGap | undefined {
  const told = layerField(kind, field);
  if (fact.kind !== 'unreadable' || told === undefined) return undefined;
  return {
    step: told.step,
    accountId,
    ...(region !== undefined && { region }),
    reason: fact.reason,
    effect: told.effect,
    ...fact.lockout,
  };
}

/** The decision with the reads that failed, each beside the document that is missing because of it. */
export function withMissingGaps(estate: Estate, decision: Decision): Decision {
  if (decision.missing.length === 0) return decision;
  const missing = decision.missing.map((document): MissingDocument => {
    const gap = gapOfDocument(estate, document.document);
    return gap === undefined ? document : { ...document, gap };
  });
  return { ...decision, missing };
}

/** Of whom the engine says that its identity-based policies are unknown as a whole. */
const UNSEEN = 'identity-based policies of ';

function gapOfDocument(estate: Estate, document: string): CoverageGap | undefined {
  const name = document.startsWith(UNSEEN) ? document.slice(UNSEEN.length) : document;
  const hash = name.lastIndexOf('#');
  const owner = hash < 0 ? name : name.slice(0, hash);
  const part = hash < 0 ? '' : name.slice(hash + 1);
  for (const factOf of FACTS) {
    const found = factOf(estate, owner, part);
    const gap = found && gapOfFact(found);
    if (gap) return gap;
  }
  const accountId = /^arn:[^:]*:(?:iam|sts)::(\d{12}):/.exec(owner)?.[1];
  return accountId === undefined ? undefined : gapAt(estate.gaps, { accountId }, [PRINCIPALS]);
}

const PRINCIPALS = 'iam:GetAccountAuthorizationDetails';

/** Part of a document's name → the field that tells it, and the fact. */
type Rows = Readonly<Record<string, Row | undefined>>;
type Row = readonly [field: string, fact: Observed<unknown>];

type FactOf = (estate: Estate, owner: string, part: string) => NamedFact | undefined;

const FACTS: readonly FactOf[] = [bucketFact, accountFact, keyFact, pointFact, endpointFact, principalFact];

function bucketFact({ buckets }: Estate, owner: string, part: string): NamedFact | undefined {
  const bucket = buckets.get(owner.slice(owner.lastIndexOf(':') + 1));
  if (bucket?.arn !== owner) return undefined;
  const rows: Rows = {
    policy: ['Policy', bucket.policy],
    acl: ['Grants', bucket.acl],
    ownership: ['OwnershipControls', bucket.ownership],
    encryption: ['ServerSideEncryptionConfiguration', bucket.encryption],
    'public-access-block': ['PublicAccessBlockConfiguration', bucket.publicAccessBlock],
    'request-payment': ['Payer', bucket.payer],
    abac: ['AbacStatus', bucket.abacEnabled],
    tags: ['TagSet', bucket.tags],
    'object-lock': ['ObjectLockConfiguration', bucket.objectLock],
  };
  return named('bucket', rows[part], bucket);
}

/** Block Public Access of the account counts for each of its buckets. */
function accountFact(estate: Estate, owner: string, part: string): NamedFact | undefined {
  const bucket = estate.buckets.get(owner.slice(owner.lastIndexOf(':') + 1));
  const fact = bucket && estate.accountPublicAccessBlocks.get(bucket.accountId);
  if (part !== 'public-access-block' || !bucket || !fact) return undefined;
  const field = 'PublicAccessBlockConfiguration';
  return { kind: 'account-public-access-block', field, fact, accountId: bucket.accountId };
}

function keyFact({ keys }: Estate, owner: string, part: string): NamedFact | undefined {
  const key = keys.get(owner);
  if (!key) return undefined;
  const rows: Rows = {
    policy: ['Policy', key.policy],
    grants: ['Grants', key.grants],
    aliases: ['Aliases', key.aliases],
    tags: ['Tags', key.tags],
  };
  return named('kms-key', rows[part], key);
}

function pointFact(estate: Estate, owner: string, part: string): NamedFact | undefined {
  const point = [...estate.accessPoints.values()].flat().find(({ arn }) => arn === owner);
  if (!point) return undefined;
  const rows: Rows = {
    policy: ['Policy', point.policy],
    tags: ['Tags', point.tags],
    'public-access-block': ['PublicAccessBlockConfiguration', point.publicAccessBlock],
  };
  return named('access-point', rows[part], point);
}

function endpointFact({ endpoints }: Estate, owner: string, part: string): NamedFact | undefined {
  const endpoint = endpoints.get(owner);
  return endpoint && part === 'policy'
    ? named('vpc-endpoint', ['PolicyDocument', endpoint.policy], endpoint)
    : undefined;
}

const LISTS: Readonly<Record<string, string | undefined>> = {
  'managed/*': 'AttachedManagedPolicies',
  'groups/*': 'GroupList',
  boundary: 'PermissionsBoundary',
  tags: 'Tags',
  trust: 'AssumeRolePolicyDocument',
};

function principalFact({ principals }: Estate, owner: string, part: string): NamedFact | undefined {
  const principal = principals.get(owner);
  if (!principal) return undefined;
  const { kind, accountId, identity, boundary, tags, trust } = principal;
  const inline = kind === 'user' ? 'UserPolicyList' : 'RolePolicyList';
  const field = part === 'inline/*' ? inline : LISTS[part];
  const listed = identity.find(({ document }) => document === `${owner}#${part}`)?.policy;
  const own: Readonly<Record<string, Observed<unknown> | undefined>> = { boundary, tags, trust };
  const fact = listed ?? own[part];
  if (field === undefined || fact === undefined) return undefined;
  return { kind: `iam-${kind}`, field, fact, accountId };
}

function named(
  kind: SnapshotKind,
  row: Row | undefined,
  { accountId, region }: Pick<NamedFact, 'accountId' | 'region'>,
): NamedFact | undefined {
  return row && { kind, field: row[0], fact: row[1], accountId, region };
}
