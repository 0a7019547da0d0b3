import {
  accessS3,
  admittedPrincipals,
  type Access,
  type AccessPointFacts,
  type CallerFacts,
  type PrincipalName,
  type S3Question,
} from '@denyscope/engine';
import type { Bucket } from '@denyscope/inventory';
import type { Expression, MissingDocument } from '@denyscope/model';
import type { CompiledEstate } from './compiled-estate.ts';
import { accessPointFacts, isMultiRegion, leadsTo, type AnyAccessPoint } from './facts/access-point.ts';

/** A way to a bucket through an access point. */
export interface PointWay {
  readonly facts: AccessPointFacts;
  /** What a request that takes this way says of itself. */
  readonly condition: readonly Expression[];
  readonly text: string;
  /** Why nobody knows whether the point leads here; undefined where it does. */
  readonly hidden: MissingDocument | undefined;
  /** Could the point let the caller in at all? */
  readonly admits: (caller: CallerFacts) => boolean;
}

/** The access points that lead to the bucket. */
export function pointWays(compiled: CompiledEstate, bucket: Bucket): readonly PointWay[] {
  const { estate } = compiled;
  const routed = [...estate.multiRegionAccessPoints.values()].filter((point) => leadsTo(point, bucket.name));
  return [...(estate.accessPoints.get(bucket.name) ?? []), ...routed].map((point) =>
    wayOf(compiled, bucket, point),
  );
}

function wayOf(compiled: CompiledEstate, bucket: Bucket, point: AnyAccessPoint): PointWay {
  const facts = accessPointFacts(compiled, point);
  const isRouted = isMultiRegion(point);
  const hidden =
    isRouted && point.buckets.kind === 'unreadable'
      ? { document: `${point.arn}#regions`, reason: point.buckets.reason }
      : undefined;
  const routedTo = isRouted ? [equals('routed-to', bucket.name)] : [];
  return {
    facts,
    condition: [equals('s3:DataAccessPointArn', point.arn), ...routedTo],
    text: `through access point ${point.arn}${isRouted ? `, when routed to ${bucket.name}` : ''}`,
    hidden,
    admits: admission(compiled, facts),
  };
}

function equals(key: string, value: string): Expression {
  return { leg: 's3', key, quantifier: 'one', test: 'equals', values: [value] };
}

/** AWS (B.5, C.8): of other accounts than its own, a point lets in those that its policy names. */
function admission(
  { estate }: CompiledEstate,
  { account, policy: source }: AccessPointFacts,
): PointWay['admits'] {
  const { policy } = source;
  if (policy.kind === 'unreadable' || (policy.kind === 'seen' && policy.value.broken.length > 0)) {
    return () => true;
  }
  const names = policy.kind === 'seen' ? admittedPrincipals(policy.value) : [];
  if (names.some(({ kind }) => kind === 'everyone')) return () => true;
  const admitted = new Set([
    account.accountId,
    ...names.flatMap((name) => nameOf(name, estate.canonicalUsers)),
  ]);
  return (caller) => admitted.has(caller.account?.accountId ?? caller.principal.text);
}

/** The account, or the service, that a name stands in. */
function nameOf(name: PrincipalName, canonicalUsers: ReadonlyMap<string, string>): readonly string[] {
  switch (name.kind) {
    case 'account':
      return [name.accountId];
    case 'canonical-user':
      return [canonicalUsers.get(name.id) ?? name.id];
    case 'service':
      return [name.service];
    case 'named':
      return 'accountId' in name.principal ? [name.principal.accountId] : [];
    case 'everyone':
    case 'nobody':
      return [];
  }
}

/** The access that the caller has through access points alone; undefined where there is none. */
export function accessThrough(ways: readonly PointWay[], direct: S3Question): Access | undefined {
  const found = ways
    .filter(({ admits }) => admits(direct.caller))
    .flatMap((way): readonly Access[] => {
      const access = accessS3({ ...direct, via: { ...direct.via, accessPoint: way.facts } });
      return access && access.verdict !== 'denied' ? [underWay(way, access)] : [];
    });
  const [first, ...others] = found;
  return first && (others.length === 0 ? first : anyOf([first, ...others]));
}

function underWay({ condition, text, hidden }: PointWay, access: Access): Access {
  const also: readonly Expression[] = [
    ...(access.condition === true ? [] : [access.condition]),
    ...(hidden ? [{ unreadable: { document: hidden.document } }] : []),
  ];
  const parts = [...condition, ...also];
  const [only] = parts;
  const words = [
    text,
    ...(access.condition === true ? [] : [access.conditionText]),
    ...(hidden ? [`depending on ${hidden.document}, which could not be read`] : []),
  ];
  return {
    ...access,
    verdict: access.verdict === 'unknown' || hidden ? 'unknown' : 'conditional',
    condition: only !== undefined && parts.length === 1 ? only : { all: parts },
    conditionText: words.join(', '),
    missing: hidden ? [...access.missing, hidden] : access.missing,
  };
}

function anyOf(accesses: readonly Access[]): Access {
  const keys = new Set(accesses.flatMap((access) => access.keys));
  const missing = new Map(accesses.flatMap((access) => access.missing.map((each) => [each.document, each])));
  return {
    verdict: accesses.some(({ verdict }) => verdict === 'unknown') ? 'unknown' : 'conditional',
    condition: { any: accesses.map(({ condition }) => condition) },
    conditionText: accesses
      .map(({ conditionText: text }) => (/, /.test(text) ? `(${text})` : text))
      .join(' or '),
    keys: keys.has('*') ? ['*'] : [...keys].toSorted(),
    grantedBy: accesses.flatMap(({ grantedBy }) => grantedBy),
    missing: [...missing.values()],
  };
}
