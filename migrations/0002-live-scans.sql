-- Live scans. A run gathers parts, one an account and one for the organization, and takes its place in the order of
-- scans only when it is published: an import may complete in between.
create table denyscope.scan_run (
  -- The time of its start in milliseconds, so that a queue that outlived its database knows no job of a new one.
  id bigint primary key default (extract(epoch from clock_timestamp()) * 1000)::bigint,
  status text not null check (status in ('running', 'published', 'failed', 'cancelled')),
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  -- The snapshot's first line, canonical JSON.
  header text not null,
  -- What of the organization is scanned: {"accounts": [...], "regions": [...]}; all of it where empty.
  scope jsonb not null default '{}',
  -- Why it failed.
  reason text,
  scan_id bigint references denyscope.scan (id),
  check ((status = 'running') = (finished_at is null)),
  check ((status = 'published') = (scan_id is not null))
);

-- One at a time.
create unique index scan_run_running on denyscope.scan_run ((true)) where status = 'running';

-- What became of each part; a row for every account that the organization lists, kept after the run.
create table denyscope.scan_part (
  run_id bigint not null references denyscope.scan_run (id) on delete cascade,
  -- 'organization', or an account's id.
  part text not null,
  status text not null check (status in ('waiting', 'done', 'failed', 'skipped')),
  reason text,
  lines bigint not null default 0,
  -- Lines that tell of something that could not be read.
  gaps bigint not null default 0,
  changed_at timestamptz not null default clock_timestamp(),
  primary key (run_id, part)
);

-- The lines of parts until they are published, and the documents in them, which have no sort key. Without foreign
-- keys, since they come in bulk; whoever ends a run removes them.
create table denyscope.staged_line (
  run_id bigint not null,
  part text not null,
  line bigint,
  sort_key bytea,
  kind text,
  account_id text,
  region text,
  resource_id text,
  hash bytea not null,
  body text not null
);

create index staged_line_part on denyscope.staged_line (run_id, part);
