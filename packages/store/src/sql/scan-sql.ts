export const SCAN_COLUMNS = `
  id::text, source, status, taken_at, started_at, finished_at, counts, opened::int, closed::int, documents::int`;

export const SCAN = `select ${SCAN_COLUMNS} from denyscope.scan where id = $1`;
export const SCANS = `select ${SCAN_COLUMNS} from denyscope.scan order by scan.id desc`;
export const LATEST_SCAN = `
  select ${SCAN_COLUMNS} from denyscope.scan where status = 'complete' order by scan.id desc limit 1`;

export const HEADER = `select header from denyscope.scan where id = $1 and status = 'complete'`;

/** The facts of scan $1 in canonical order. */
export const FACT_CURSOR = `
  declare facts no scroll cursor without hold for
  select body from denyscope.fact
  where valid_from <= $1 and (valid_to is null or valid_to > $1)
  order by sort_key`;
export const FETCH_FACTS = 'fetch forward 1000 from facts';
export const DOCUMENTS = `
  select encode(sha256, 'hex') as sha256, body from denyscope.document where sha256 = any($1::bytea[])`;

export const PING = 'select 1';
export const ENCODING =
  'select pg_encoding_to_char(encoding) as encoding from pg_database where datname = current_database()';

/** Ends the sessions of one store, by the name that it gave them. */
export const CUT_SHORT = `
  select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1 and pid <> pg_backend_pid()`;
