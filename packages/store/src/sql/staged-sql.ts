/** What was staged of the organization: of its accounts, only those that are named. */
export const STAGED_ORGANIZATION = `
  select body from denyscope.staged_line
  where run_id = $1 and part = 'organization' and sort_key is not null
    and (kind <> 'account' or account_id = any($2::text[]))
  order by line`;
