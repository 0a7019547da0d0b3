import { SCAN_COLUMNS } from './scan-sql.ts';

export const SCAN_AS_OF = `
  select ${SCAN_COLUMNS} from denyscope.scan
  where status = 'complete' and taken_at <= $1 order by taken_at desc, scan.id desc limit 1`;
export const FIRST_SCAN = `
  select ${SCAN_COLUMNS} from denyscope.scan where status = 'complete' order by taken_at, scan.id limit 1`;
export const SCAN_BEFORE = `
  select ${SCAN_COLUMNS} from denyscope.scan
  where status = 'complete' and scan.id < $1 order by scan.id desc limit 1`;

/** The facts of some kinds of scan $1. */
export const FACTS_OF_KINDS = `
  select body from denyscope.fact
  where valid_from <= $1 and (valid_to is null or valid_to > $1) and kind = any($2)
  order by sort_key`;

export const IS_RESOURCE = 'select from denyscope.fact where resource_key = $1 limit 1';

/** DECLARE takes no parameters, so what is wanted goes into settings of the transaction; '' stands for everything. */
export const WANT = `
  select set_config('denyscope.wanted_kind', $1, true), set_config('denyscope.wanted_bucket', $2, true),
    set_config('denyscope.wanted_account', $3, true), set_config('denyscope.wanted_past', $4, true)`;

/** The account of a fact: its own, else the one in its ARN. */
const OWNER = `
  case when account_id <> '' then account_id
    when kind = 'account' then resource_id
    when resource_id like 'arn:%' then split_part(resource_id, ':', 5)
    else '' end`;

const WANTED = `
  current_setting('denyscope.wanted_kind') in ('', kind)
  and (current_setting('denyscope.wanted_bucket') = ''
    or (kind = 'bucket' and resource_id = current_setting('denyscope.wanted_bucket')))
  and current_setting('denyscope.wanted_account') in ('', ${OWNER})
  and (current_setting('denyscope.wanted_past') = '' or sort_key > (
    select past.sort_key from denyscope.fact past
    where past.resource_key = decode(current_setting('denyscope.wanted_past'), 'hex') limit 1))`;

/**
 * The resources that scans $1 and $2, of which $1 is the older, tell differently: as the one told them, and the other.
 * Such a fact of the older scan ended on the way to the newer, and such a fact of the newer began there.
 */
const PAIRS = `
  declare pairs no scroll cursor without hold for
  with older as (
    select resource_key, sort_key, content_hash, body, ${OWNER} as owner from denyscope.fact
    where valid_to > $1 and valid_to <= $2 and valid_from <= $1 and ${WANTED}
  ), newer as (
    select resource_key, sort_key, content_hash, body, ${OWNER} as owner from denyscope.fact
    where valid_from > $1 and valid_from <= $2 and (valid_to is null or valid_to > $2) and ${WANTED}
  )
  select encode(resource_key, 'hex') as key, older.body as older, newer.body as newer
  from older full join newer using (resource_key)
  where older.content_hash is distinct from newer.content_hash
  order by`;
const PLACE = 'coalesce(older.sort_key, newer.sort_key)';

export const PAIR_CURSOR = `${PAIRS} ${PLACE}`;
export const PAIR_CURSOR_BY_ACCOUNT = `${PAIRS} coalesce(older.owner, newer.owner) collate "C", ${PLACE}`;
export const FETCH_PAIRS = 'fetch forward 200 from pairs';
