/** A run whose last part came too long ago has lost its workers or its queue. */
export const END_STALE = `
  update denyscope.scan_run run set
    status = 'failed', finished_at = clock_timestamp(), reason = 'no progress was made: another scan took over'
  where status = 'running' and clock_timestamp() - make_interval(secs => $1) > greatest(
    started_at, (select max(changed_at) from denyscope.scan_part where run_id = run.id))
  returning id::text`;

export const BEGIN = `
  insert into denyscope.scan_run (status, header, scope) values ('running', $1, $2)
  on conflict do nothing
  returning id::text`;
export const RUNNING_ID = `select id::text from denyscope.scan_run where status = 'running'`;

const RUN = `
  select run.id::text, run.status, run.started_at, run.finished_at, run.header, run.scope, run.reason,
    run.scan_id::text,
    greatest(run.started_at, max(part.changed_at)) as progressed_at,
    count(part) filter (where part.part = 'organization' and part.status = 'done')::int as listed,
    count(part) filter (where part.part <> 'organization' and part.status = 'waiting')::int as waiting,
    count(part) filter (where part.part <> 'organization' and part.status = 'done' and part.gaps = 0)::int as complete,
    count(part) filter (where part.part <> 'organization' and part.status = 'done' and part.gaps > 0)::int as partial,
    count(part) filter (where part.part <> 'organization' and part.status = 'failed')::int as failed,
    count(part) filter (where part.part <> 'organization' and part.status = 'skipped')::int as skipped,
    coalesce(sum(part.gaps), 0)::int as gaps
  from denyscope.scan_run run left join denyscope.scan_part part on part.run_id = run.id`;
export const RUN_BY_ID = `${RUN} where run.id = $1 group by run.id`;
export const LATEST_RUN = `${RUN} group by run.id order by run.id desc limit 1`;
export const PARTS = `
  select part, status, reason, lines::int, gaps::int, changed_at from denyscope.scan_part
  where run_id = $1 order by part`;

/** Whoever stages holds the run as it is; whoever ends it waits for them, and they find it ended. */
export const HOLD_RUN =
  'select status, header, scan_id::text from denyscope.scan_run where id = $1 for share';
export const LOCK_RUN =
  'select status, header, scan_id::text from denyscope.scan_run where id = $1 for update';
export const END_RUN = `
  update denyscope.scan_run set status = $2, reason = $3, scan_id = $4, finished_at = clock_timestamp()
  where id = $1`;
export const REMOVE_STAGED = 'delete from denyscope.staged_line where run_id = $1';

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
