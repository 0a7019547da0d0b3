/** Scans that are older than $1 days, without the last $2 of them that are complete. */
export const OLD_SCANS = `
  select id::text from denyscope.scan
  where status <> 'running' and finished_at < clock_timestamp() - make_interval(days => $1)
    and id not in (select id from denyscope.scan where status = 'complete' order by scan.id desc limit $2)
  order by scan.id`;

/** The runs that scans came from, and old runs that became none; the last run stays, as there is always one to ask about. */
export const PRUNE_RUNS = `
  delete from denyscope.scan_run
  where status <> 'running' and (
    scan_id = any($1::bigint[])
    or scan_id is null and finished_at < clock_timestamp() - make_interval(days => $2)
      and id < (select max(id) from denyscope.scan_run))`;
export const PRUNE_READS = `
  delete from denyscope.account_read where tried_at < clock_timestamp() - make_interval(days => $1)`;

export const PRUNE_SCANS = 'delete from denyscope.scan where id = any($1::bigint[])';
/** Facts that no scan has any more. One that is still valid is in the last scan, which always stays. */
export const PRUNE_FACTS = `
  delete from denyscope.fact
  where valid_to is not null and not exists (
    select from denyscope.scan where scan.id >= fact.valid_from and scan.id < fact.valid_to)`;
/**
 * Documents that no fact refers to. The references are found by reading every body, which takes a second for a thousand
 * accounts; an index of them would have to be kept every night. The text before a hash cannot stand inside a string
 * of JSON, so what is cut out is a reference.
 */
export const PRUNE_DOCUMENTS = `
  delete from denyscope.document
  where not exists (
    select from denyscope.fact, unnest((string_to_array(fact.body, '{"$document":"'))[2:]) as part (text)
    where left(part.text, 64) = encode(document.sha256, 'hex'))`;

export const TRY_OUT = 'savepoint pruning';
export const UNDO = 'rollback to savepoint pruning';
