import { admittedPrincipals, type PrincipalName } from '@denyscope/engine';
import type { Bucket } from '@denyscope/inventory';
import { parsePrincipal } from '@denyscope/model';
import type { CompiledEstate } from './compiled-estate.ts';

/**
 * Every caller that some layer could admit to the bucket: the principals of its own account, whoever its policy
 * names, and, where the policy names everyone or could not be read, every principal of the organization. Nobody else
 * can enter from another account (design.md section 3: sparse across accounts).
 */
export function candidatesFor(compiled: CompiledEstate, bucket: Bucket): readonly string[] {
  const candidates = new Set(principalsOf(compiled, bucket.accountId));
  candidates.add(`arn:aws:iam::${bucket.accountId}:root`);
  const { policy } = compiled.policySource(`${bucket.arn}#policy`, bucket.arn, bucket.policy, 'resource');
  const isHidden = policy.kind === 'unreadable' || (policy.kind === 'seen' && policy.value.broken.length > 0);
  const names = policy.kind === 'seen' ? admittedPrincipals(policy.value) : [];
  if (isHidden) addEveryone(compiled, candidates);
  for (const name of names) addNamed(compiled, bucket, name, candidates);
  if (bucket.acl.kind !== 'absent') addAclGrantees(compiled, bucket, candidates);
  for (const accountId of unlistedAccounts(compiled, bucket, [...candidates])) candidates.add(accountId);
  return [...candidates].toSorted();
}

function principalsOf(compiled: CompiledEstate, accountId: string): readonly string[] {
  return compiled.principalsOf(accountId).map((facts) => facts.arn);
}

function addEveryone({ estate }: CompiledEstate, candidates: Set<string>): void {
  candidates.add('anonymous');
  for (const arn of estate.principals.keys()) candidates.add(arn);
  // AWS (B.5): the root user of another account needs no identity policy.
  for (const accountId of estate.accounts.keys()) candidates.add(`arn:aws:iam::${accountId}:root`);
  for (const accountId of estate.accountsWithoutPrincipals) candidates.add(accountId);
}

function addNamed(
  compiled: CompiledEstate,
  bucket: Bucket,
  name: PrincipalName,
  candidates: Set<string>,
): void {
  switch (name.kind) {
    case 'everyone':
      return addEveryone(compiled, candidates);
    case 'account':
      return addAccount(compiled, bucket, name.accountId, candidates);
    case 'canonical-user': {
      const accountId = compiled.estate.canonicalUsers.get(name.id);
      return accountId === undefined ? undefined : addAccount(compiled, bucket, accountId, candidates);
    }
    case 'service':
      candidates.add(name.service);
      return undefined;
    case 'named':
      candidates.add(name.principal.text);
      return undefined;
    case 'nobody':
      return undefined;
  }
}

/** Whom the bucket's ACL names: accounts by canonical id, and the two public groups. */
function addAclGrantees(compiled: CompiledEstate, bucket: Bucket, candidates: Set<string>): void {
  if (bucket.acl.kind === 'unreadable') return addEveryone(compiled, candidates);
  const grants = bucket.acl.kind === 'seen' ? bucket.acl.value : [];
  for (const { grantee } of grants) {
    if (/\/groups\/global\/(AllUsers|AuthenticatedUsers)$/.test(grantee)) addEveryone(compiled, candidates);
    else addNamed(compiled, bucket, { kind: 'canonical-user', id: grantee }, candidates);
  }
}

/** Of its own account the bucket's policy names the principals one by one; another account stands as a whole too. */
function addAccount(
  compiled: CompiledEstate,
  bucket: Bucket,
  accountId: string,
  candidates: Set<string>,
): void {
  for (const arn of principalsOf(compiled, accountId)) candidates.add(arn);
  if (accountId !== bucket.accountId) candidates.add(accountId);
}

/** The bucket's own account, where its principals could not be listed: who-can says so with a row for it. */
function unlistedAccounts(
  { estate }: CompiledEstate,
  bucket: Bucket,
  candidates: readonly string[],
): readonly string[] {
  const concerned = new Set([bucket.accountId]);
  for (const candidate of candidates) {
    const principal = parsePrincipal(candidate);
    if (principal && 'accountId' in principal) concerned.add(principal.accountId);
  }
  return [...concerned].filter((accountId) => estate.accountsWithoutPrincipals.has(accountId));
}
