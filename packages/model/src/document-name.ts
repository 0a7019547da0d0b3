import type { StatementRef } from './schema/statement-ref.ts';

/** What is left of a document's id where its kind and its owner are said beside it. */
const PARTS: ReadonlyMap<string, string> = new Map([
  ['acl', 'ACL'],
  ['boundary', 'permissions boundary'],
  ['trust', 'trust policy'],
  ['public-access-block', 'Block Public Access'],
]);

/** Parts that have a name of their own. */
const NAMED_PARTS: ReadonlyMap<string, string> = new Map([
  ['inline', 'inline policy'],
  ['session', 'session policy'],
  ['grant', 'grant'],
]);

/** A policy document as people name it: `inline policy read`, `bucket policy`, `p-12345678`, `ReadOnlyAccess`. */
export function documentName(document: string): string {
  const hash = document.indexOf('#');
  if (hash < 0) return /:policy\/.*?([^/]+)$/.exec(document)?.[1] ?? document;
  const owner = document.slice(0, hash);
  const part = document.slice(hash + 1);
  if (part === 'policy') return policyName(owner);
  const slash = part.indexOf('/');
  const kind = NAMED_PARTS.get(part.slice(0, Math.max(0, slash)));
  return kind === undefined ? (PARTS.get(part) ?? document) : `${kind} ${part.slice(slash + 1)}`;
}

/** The resource-based policy of its owner. */
function policyName(owner: string): string {
  if (owner.startsWith('vpce-')) return `policy of ${owner}`;
  if (/:kms:/.test(owner)) return 'key policy';
  if (/:accesspoint\//.test(owner)) return 'access point policy';
  return owner.startsWith('arn:') && owner.includes(':s3:::') ? 'bucket policy' : `policy of ${owner}`;
}

/** A statement as people name it: `DenyUntaggedKeys of p-12345678`, `statement 2 of the bucket policy`. */
export function statementName({
  document,
  sid,
  path,
}: Pick<StatementRef, 'document' | 'sid' | 'path'>): string {
  const name = documentName(document);
  const place = sid ?? /^\/Statement\/(\d+)$/.exec(path)?.[1];
  if (place === undefined) return name;
  return sid === null ? `statement ${place} of ${name}` : `${sid} of ${name}`;
}
