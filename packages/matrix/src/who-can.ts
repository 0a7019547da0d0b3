import {
  accessS3,
  isKnownAction,
  resourceTypeOf,
  type BucketFacts,
  type CallerFacts,
  type ObjectScope,
  type S3Question,
} from '@denyscope/engine';
import type { Bucket } from '@denyscope/inventory';
import {
  ACCESS_LEVELS,
  actionKey,
  parseActionName,
  type AccessLevel,
  type Coverage,
  type CoverageGap,
  type ScanRef,
  type WhoCanAnswer,
  type WhoCanRow,
} from '@denyscope/model';
import { answered, invalid, notFound, type Answered } from './answered.ts';
import { bucketGaps } from './bucket-gaps.ts';
import { candidatesFor } from './candidates.ts';
import type { CompiledEstate } from './compiled-estate.ts';
import { pageOf } from './page.ts';
import { bucketFacts } from './facts/bucket.ts';
import { callerFacts } from './facts/caller.ts';
import { encryptionOfWrites } from './facts/object.ts';
import { accessThrough, pointWays, type PointWay } from './through-points.ts';
import { ANYWHERE } from './vantage.ts';

/** Who is asked about: a bucket, and an access level or one action; `read` where neither is given. */
export interface WhoCanQuery {
  readonly bucket: string;
  readonly access?: AccessLevel | undefined;
  readonly action?: string | undefined;
  /** Rows a page; all where it is not given. */
  readonly limit?: number | undefined;
  /** `next` of the page before. */
  readonly cursor?: string | undefined;
}

/**
 * Answers "who can read this bucket": one row for each principal and action that is allowed, conditional or unknown,
 * in a stable order (principal, then action).
 */
export function whoCan(compiled: CompiledEstate, query: WhoCanQuery, scan: ScanRef): Answered<WhoCanAnswer> {
  const bucket = compiled.estate.buckets.get(query.bucket);
  if (!bucket) return notFound('bucket', `bucket \`${query.bucket}\` is not in this scan`);
  const actions = actionsOf(query);
  if (!actions.ok) return actions;
  const rows = rowsOf(compiled, bucket, usesOf(query, actions.answer));
  const page = pageOf(rows, query);
  if (!page.ok) return page;
  return answered({
    bucket: bucket.name,
    accountId: bucket.accountId,
    access: query.action === undefined ? (query.access ?? 'read') : null,
    actions: [...actions.answer],
    scan,
    coverage: coverageOf(compiled, bucket),
    total: rows.length,
    ...page.answer,
  });
}

function actionsOf({ access, action }: WhoCanQuery): Answered<readonly string[]> {
  if (action === undefined) return answered(ACCESS_LEVELS[access ?? 'read']);
  if (access !== undefined) return invalid('action', 'expected an access level or an action, found both');
  if (!parseActionName(action))
    return invalid('action', `\`${action}\` is no action: expected \`service:Name\`, as in s3:GetObject`);
  if (isKnownAction(action) === false)
    return invalid('action', `AWS's reference does not list the action \`${action}\``);
  if (resourceTypeOf(action) === undefined)
    return invalid('action', `\`${action}\` is no action on a bucket`);
  return answered([action]);
}

/** An action, and how it is carried out where that changes what it needs. */
type Use = Pick<WhoCanRow, 'action' | 'operation'>;

/** A level that writes asks twice: a multipart upload decrypts too (semantics.md D.3), so not every writer can. */
function usesOf({ action }: WhoCanQuery, actions: readonly string[]): readonly Use[] {
  return actions
    .toSorted()
    .flatMap((name): readonly Use[] =>
      action === undefined && actionKey(name) === 's3:putobject'
        ? [{ action: name }, { action: name, operation: 'multipart' }]
        : [{ action: name }],
    );
}

function rowsOf(compiled: CompiledEstate, bucket: Bucket, uses: readonly Use[]): readonly WhoCanRow[] {
  const facts = bucketFacts(compiled, bucket);
  const ways = pointWays(compiled, bucket);
  return candidatesFor(compiled, bucket).flatMap((candidate) => {
    const caller = callerFacts(compiled, candidate);
    if (!caller.ok) return [];
    return uses.flatMap((use) => rowOf({ compiled, bucket, facts, ways, caller: caller.answer }, use));
  });
}

interface Pair {
  readonly compiled: CompiledEstate;
  readonly bucket: Bucket;
  readonly facts: BucketFacts;
  /** The access points that lead to the bucket: for access that there is through them alone. */
  readonly ways: readonly PointWay[];
  readonly caller: CallerFacts;
}

function rowOf(pair: Pair, use: Use): readonly WhoCanRow[] {
  const { compiled, bucket, facts, ways, caller } = pair;
  const { action, operation } = use;
  const question: S3Question = {
    caller,
    action,
    operation,
    encryptionOfWrites: encryptionOfWrites(compiled, { bucket, caller, action, context: {} }),
    objects: scopeOf(action),
    bucket: facts,
    via: ANYWHERE,
    endpoints: compiled.estate.endpoints,
    context: {},
    time: compiled.estate.takenAt,
  };
  const access = accessS3(question) ?? accessThrough(ways, question);
  if (!access || access.verdict === 'denied') return [];
  const isUnlisted = isUnlistedAccount(pair);
  const verdict = isUnlisted ? 'unknown' : access.verdict;
  return [
    {
      principal: caller.principal.text,
      ...describe(pair),
      ...use,
      verdict,
      keys: scopeOf(action).kind === 'bucket' ? [] : access.keys,
      condition: verdict === 'allowed' ? null : access.condition,
      conditionText: isUnlisted ? UNLISTED : verdict === 'allowed' ? '' : access.conditionText,
      grantedBy: access.grantedBy,
    },
  ];
}

function scopeOf(action: string): ObjectScope {
  return resourceTypeOf(action) === 'bucket' ? { kind: 'bucket' } : { kind: 'any-key' };
}

const UNLISTED = 'depending on the principals of the account, which could not be listed';

/** A whole account whose principals nobody could list: which of them hold the access is unknown. */
function isUnlistedAccount({ compiled, caller }: Pair): boolean {
  const { principal } = caller;
  return principal.kind === 'account' && compiled.estate.accountsWithoutPrincipals.has(principal.accountId);
}

function describe(pair: Pair): Pick<WhoCanRow, 'kind' | 'accountId' | 'relation'> {
  const accountId = pair.caller.account?.accountId ?? null;
  return { kind: kindOf(pair), accountId, relation: relationOf(pair) };
}

function kindOf({ compiled, caller }: Pair): WhoCanRow['kind'] {
  const { principal } = caller;
  switch (principal.kind) {
    case 'anonymous':
    case 'service':
    case 'root':
    case 'account':
    case 'federated':
      return principal.kind;
    case 'session':
      return caller.boundaryIsKnown ? 'role' : 'unresolved';
    case 'user':
    case 'role':
      return compiled.estate.principals.has(principal.text) ? principal.kind : 'unresolved';
  }
}

function relationOf({ facts, caller }: Pair): WhoCanRow['relation'] {
  if (caller.principal.kind === 'anonymous') return 'public';
  if (caller.principal.kind === 'service') return 'service';
  if (caller.account?.accountId === facts.account.accountId) return 'same-account';
  const [here, there] = [facts.account.organization, caller.account?.organization];
  return here.kind === 'seen' && there?.kind === 'seen' && here.value.id === there.value.id
    ? 'same-org'
    : 'external';
}

/** What could not be read and bears on this bucket: the organization's gaps, and those of the bucket and its guards. */
function coverageOf(compiled: CompiledEstate, bucket: Bucket): Coverage {
  // AWS (C.8, D.1): keys and access points of a bucket are of its own Region.
  const bears = ({ step, region }: CoverageGap): boolean =>
    step !== 'scan:Region' || bucket.region === undefined || region === bucket.region;
  const gaps = [...compiled.estate.gaps.filter(bears), ...bucketGaps(compiled, bucket)];
  return { complete: gaps.length === 0, gaps };
}
