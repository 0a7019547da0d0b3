-- Scans, the facts that they saw, and the policy documents that facts refer to. The schema itself is made by the
-- migration runner, so that its own table can live in it.

-- One run over an organization, or one imported snapshot. Scans are totally ordered by id: scans that write facts do
-- so one after another, and take their id while they hold the lock.
create table denyscope.scan (
  id bigint generated always as identity primary key,
  source text not null check (source in ('aws', 'import', 'demo')),
  status text not null check (status in ('running', 'complete', 'failed')),
  taken_at timestamptz not null,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  -- The snapshot's first line, canonical JSON.
  header text not null,
  -- Facts by kind, written when the scan completes: {"bucket": 60, …}.
  counts jsonb not null default '{}',
  -- What the scan changed: facts that became valid, facts that ceased to be, documents never seen before.
  opened bigint not null default 0,
  closed bigint not null default 0,
  documents bigint not null default 0,
  check ((status = 'running') = (finished_at is null))
);

create index scan_complete on denyscope.scan (id) where status = 'complete';

-- A policy document, kept once over all accounts and scans. The body is JSON: a string where AWS gave text, which is
-- kept as received (the JSON form because Postgres text holds neither NUL nor lone surrogates), else an object.
create table denyscope.document (
  sha256 bytea primary key check (octet_length(sha256) = 32),
  body text not null
);

-- One resource as it was from one scan up to, not including, another. It belongs to scan N if and only if
-- valid_from <= N and (valid_to is null or valid_to > N).
create table denyscope.fact (
  -- Kind, account, Region and id, encoded so that byte order is the order of the canonical form.
  sort_key bytea not null,
  -- The resource's identity. A hash, since ids may be longer than an index entry.
  resource_key bytea generated always as (sha256(sort_key)) stored not null,
  valid_from bigint not null references denyscope.scan (id),
  valid_to bigint references denyscope.scan (id),
  -- For people and queries: '' where the line has none, U+FFFD for what Postgres text cannot hold.
  kind text not null,
  account_id text not null,
  region text not null,
  resource_id text not null,
  -- Of the body without the time of fetching: equal hashes mean that nothing changed.
  content_hash bytea not null check (octet_length(content_hash) = 32),
  -- The whole line as canonical JSON, with {"$document":"<sha256>"} in place of each policy document.
  body text not null,
  primary key (resource_key, valid_from),
  check (valid_to > valid_from)
);

-- No two versions of one resource are valid at once.
create unique index fact_open on denyscope.fact (resource_key) where valid_to is null;
-- What an older scan saw and a later one no longer did.
create index fact_closed on denyscope.fact (valid_to) where valid_to is not null;
