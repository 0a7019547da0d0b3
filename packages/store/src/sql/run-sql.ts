/** Where the parts of a run stand. */
const PROGRESS = `(
  select jsonb_build_object(
    'listed', coalesce(bool_or(part = 'organization' and status = 'done'), false),
    'waiting', count(*) filter (where part <> 'organization' and status = 'waiting'),
    'complete', count(*) filter (where part <> 'organization' and status = 'done' and gaps = 0),
    'partial', count(*) filter (where part <> 'organization' and status = 'done' and gaps > 0),
    'failed', count(*) filter (where part <> 'organization' and status = 'failed'),
    'skipped', count(*) filter (where part <> 'organization' and status = 'skipped'),
    'gaps', coalesce(sum(gaps), 0))
  from denyscope.scan_part where run_id = run.id)`;

/** A run whose last part came too long ago has lost its workers or its queue. */
export const END_STALE = `
  update denyscope.scan_run run set
    status = 'failed', finished_at = clock_timestamp(), reason = 'no progress was made: another scan took over',
    progress = ${PROGRESS}
  where status = 'running' and clock_timestamp() - make_interval(secs => $1) > greatest(
    started_at, (select max(changed_at) from denyscope.scan_part where run_id = run.id))
  returning id::text`;

export const BEGIN = `
  insert into denyscope.scan_run (status, header, scope) values ('running', $1, $2)
  on conflict do nothing
  returning id::text`;
export const RUNNING_ID = `select id::text from denyscope.scan_run where status = 'running'`;

/** The numbers of a run that ended were kept when it did. */
const RUN = `
  select run.id::text, run.status, run.started_at, run.finished_at, run.header, run.scope, run.reason,
    run.scan_id::text,
    coalesce(run.finished_at, greatest(
      run.started_at, (select max(changed_at) from denyscope.scan_part where run_id = run.id))) as progressed_at,
    coalesce(run.progress, ${PROGRESS}) as progress
  from denyscope.scan_run run`;
export const RUN_BY_ID = `${RUN} where run.id = $1`;
export const LATEST_RUN = `${RUN} order by run.id desc limit 1`;
export const RUN_OF_SCAN = 'select id::text from denyscope.scan_run where scan_id = $1';
export const PARTS = `
  select part, status, reason, lines::int, gaps::int, changed_at from denyscope.scan_part
  where run_id = $1 order by part`;

export const PART_STATUS = 'select status from denyscope.scan_part where run_id = $1 and part = $2';

/** Whoever stages holds the run as it is; whoever ends it waits for them, and they find it ended. */
export const HOLD_RUN =
  'select status, header, scan_id::text from denyscope.scan_run where id = $1 for share';
export const LOCK_RUN =
  'select status, header, scan_id::text from denyscope.scan_run where id = $1 for update';
export const END_RUN = `
  update denyscope.scan_run run set
    status = $2, reason = $3, scan_id = $4, finished_at = clock_timestamp(), progress = ${PROGRESS}
  where id = $1`;
/** When each account was last tried and read outlives the parts that say so. */
export const NOTE_READS = `
  insert into denyscope.account_read as known (account_id, tried_at, read_at)
  select part.part, part.changed_at, case when part.status = 'done' and run.status = 'published' then part.changed_at end
  from denyscope.scan_part part join denyscope.scan_run run on run.id = part.run_id
  where run.id = $1 and part.part <> 'organization' and part.status in ('done', 'failed')
  on conflict (account_id) do update set
    tried_at = excluded.tried_at, read_at = coalesce(excluded.read_at, known.read_at)`;
/** The ledger is kept by exception: parts that were read whole, or that nobody came to, say nothing more. */
export const THIN_PARTS = `
  delete from denyscope.scan_part
  where run_id = $1 and (status = 'waiting' or (status = 'done' and gaps = 0))`;

/** A part that is known already stays what it is. */
export const EXPECT_PARTS = `
  insert into denyscope.scan_part (run_id, part, status, reason)
  select $1, part, case when reason is null then 'waiting' else 'skipped' end, reason
  from unnest($2::text[], $3::text[]) as expected (part, reason)
  on conflict do nothing`;

/** Takes the part's row, so that two who stage the same part follow one another. */
export const TAKE_PART = `
  insert into denyscope.scan_part as known (run_id, part, status) values ($1, $2, 'waiting')
  on conflict (run_id, part) do update set changed_at = clock_timestamp()
  returning known.status`;
export const REMOVE_PART = 'delete from denyscope.staged_line where run_id = $1 and part = $2';
export const COPY_PART = `
  copy denyscope.staged_line
    (run_id, part, line, sort_key, kind, account_id, region, resource_id, hash, body) from stdin`;
export const SETTLE_PART = `
  update denyscope.scan_part set
    status = $3, reason = $4, lines = $5, gaps = $6, changed_at = clock_timestamp()
  where run_id = $1 and part = $2`;
export const UNSETTLED = `select part from denyscope.scan_part where run_id = $1 and status = 'waiting' order by part`;

/** The organization's line of one account. */
export const ACCOUNT_LINE = `
  select body from denyscope.staged_line
  where run_id = $1 and part = 'organization' and kind = 'account' and account_id = $2`;
export const STAGED_DOCUMENTS = `
  select distinct on (hash) encode(hash, 'hex') as sha256, body from denyscope.staged_line
  where run_id = $1 and sort_key is null and hash = any($2::bytea[])`;

/**
 * The run's parts where a merge expects them, each resource once: what an account says of itself goes before what the
 * organization says of it, and of two answers within one account the later.
 */
export const GATHER_LINES = `
  insert into pg_temp.staged (line, sort_key, kind, account_id, region, resource_id, hash, body)
  select distinct on (sort_key) line, sort_key, kind, account_id, region, resource_id, hash, body
  from denyscope.staged_line where run_id = $1 and sort_key is not null
  order by sort_key, part = 'organization', part, line desc`;
export const GATHER_DOCUMENTS = `
  insert into pg_temp.staged (hash, body)
  select distinct on (hash) hash, body
  from denyscope.staged_line where run_id = $1 and sort_key is null`;
