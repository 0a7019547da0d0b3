export const HOLD_BACK = 'savepoint removing';
/** Nobody else stays in the table for longer than a statement. */
export const WAIT_SHORTLY = `set local lock_timeout = '2s'`;
export const WAIT_AS_BEFORE = 'set local lock_timeout to default';
export const LOCK_TABLE = 'lock table denyscope.staged_line in access exclusive mode';
/** In two halves, each of which the index answers. */
export const OTHERS_STAGED = `
  select exists (select from denyscope.staged_line where run_id < $1)
    or exists (select from denyscope.staged_line where run_id > $1) as others`;
export const EMPTY_TABLE = 'truncate denyscope.staged_line';
export const GO_ON = 'release savepoint removing';
export const GO_BACK = 'rollback to savepoint removing';
export const DELETE_STAGED = 'delete from denyscope.staged_line where run_id = $1';
