export const SCHEMA = 'denyscope';
export const MIGRATIONS_TABLE = 'migration';
export const TRY_LOCK = 'select pg_try_advisory_lock($1, $2) as done';
export const TABLE = `select to_regclass('denyscope.migration') is not null as there`;
export const APPLIED = 'select name from denyscope.migration order by id';
