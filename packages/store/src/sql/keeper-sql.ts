/** Claims a share in a server; nothing when the last user is stopping it. */
export const KEEP = 'select pg_try_advisory_lock_shared($1, $2) as done';
export const UNKEEP = 'select pg_advisory_unlock_shared($1, $2) as done';
/** Succeeds when nobody else has a share. */
export const KEEP_ALONE = 'select pg_try_advisory_lock($1, $2) as done';
/** Connections of whoever else, which a stop would cut. */
export const OTHERS = `
  select count(*)::int as others from pg_stat_activity
  where backend_type = 'client backend' and pid <> pg_backend_pid()`;
