export const SETTINGS = `
  select current_setting('server_version') as version,
    pg_encoding_to_char(encoding) as encoding,
    pg_is_in_recovery() or current_setting('default_transaction_read_only')::bool as read_only,
    has_database_privilege(oid, 'create') as may_create
  from pg_database where datname = current_database()`;

export const CLOCK = 'select clock_timestamp() as now';

/** A megabyte, and nothing of it stays. */
export const WRITE_FOR_A_MOMENT = `
  begin;
  create temporary table denyscope_doctor on commit drop as
    select md5(number::text) as text from generate_series(1, 16000) as number;
  rollback`;
