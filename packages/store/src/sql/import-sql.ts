export const TRY_LOCK = 'select pg_try_advisory_xact_lock($1, $2) as done';

/** What is coming in: facts, and among them the documents that they refer to, which have no sort key. */
export const CREATE_STAGED = `
  create temporary table staged (
    line bigint,
    sort_key bytea,
    resource_key bytea generated always as (sha256(sort_key)) stored,
    kind text,
    account_id text,
    region text,
    resource_id text,
    hash bytea not null,
    body text not null
  ) on commit drop`;
export const COPY_STAGED = `
  copy pg_temp.staged (line, sort_key, kind, account_id, region, resource_id, hash, body) from stdin`;
export const ANALYZE_STAGED = 'analyze pg_temp.staged';

/** One resource that is there twice, and not the same. */
export const CONFLICT = `
  select min(kind) as kind, min(resource_id) as id, min(line)::text as first, max(line)::text as last
  from pg_temp.staged where resource_key is not null
  group by resource_key having count(distinct hash) > 1
  order by min(line) limit 1`;

export const ADD_DOCUMENTS = `
  insert into denyscope.document (sha256, body)
  select distinct on (hash) hash, body from pg_temp.staged where resource_key is null
  on conflict do nothing`;

export const ADD_SCAN = `
  insert into denyscope.scan (source, status, taken_at, header) values ($1, 'running', $2, $3)
  returning id::text`;

/** What changed or vanished is no longer valid. */
export const CLOSE_FACTS = `
  update denyscope.fact set valid_to = $1
  where valid_to is null and not exists (
    select from pg_temp.staged
    where staged.resource_key = fact.resource_key and staged.hash = fact.content_hash)`;

/** What is still valid did not change; everything else is new. */
export const OPEN_FACTS = `
  insert into denyscope.fact (sort_key, valid_from, kind, account_id, region, resource_id, content_hash, body)
  select distinct on (sort_key) sort_key, $1::bigint, kind, account_id, region, resource_id, hash, body
  from pg_temp.staged
  where resource_key is not null and not exists (
    select from denyscope.fact where fact.valid_to is null and fact.resource_key = staged.resource_key)
  order by sort_key`;

export const COMPLETE_SCAN = `
  update denyscope.scan set
    status = 'complete', finished_at = clock_timestamp(), opened = $2, closed = $3, documents = $4,
    counts = coalesce((
      select jsonb_object_agg(kind, facts) from (
        select kind, count(distinct resource_key) as facts
        from pg_temp.staged where resource_key is not null group by kind
      ) as by_kind), '{}')
  where id = $1`;
