/** Every account that a run tried, with the times of the last try and of the last that a scan was made of. */
export const ACCOUNT_READS = `
  select account_id, max(tried_at) as tried_at, max(read_at) as read_at
  from (
    select account_id, tried_at, read_at from denyscope.account_read
    union all
    select part.part, part.changed_at, null
    from denyscope.scan_part part join denyscope.scan_run run on run.id = part.run_id
    where run.status = 'running' and part.part <> 'organization' and part.status in ('done', 'failed')
  ) as known
  group by account_id order by account_id`;

/** How many facts of each kind an account has in scan $1. */
export const ACCOUNT_SIZES = `
  select account_id, kind, count(*)::int as facts from denyscope.fact
  where valid_from <= $1 and (valid_to is null or valid_to > $1)
  group by account_id, kind order by account_id, kind`;

/** What scan $1 tells of the accounts themselves. */
export const ACCOUNT_LINES = `
  select account_id, body from denyscope.fact
  where valid_from <= $1 and (valid_to is null or valid_to > $1) and kind = 'account'`;
