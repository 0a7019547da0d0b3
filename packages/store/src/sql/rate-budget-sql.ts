/**
 * Takes $2 tokens of budget $1, of which $3 come a second up to $4, and says in how many milliseconds they may be used.
 * No budget is in debt for more than a minute: a clock that was set back must not stop the scan.
 */
export const DRAW_TOKENS = `
  insert into denyscope.rate_budget as known (budget, full_at)
  values ($1, clock_timestamp() + make_interval(secs => $2::float8 / $3::float8))
  on conflict (budget) do update set full_at =
    least(greatest(known.full_at, clock_timestamp()), clock_timestamp() + make_interval(secs => 60 + $4::float8 / $3::float8))
    + make_interval(secs => $2::float8 / $3::float8)
  returning greatest(0, extract(epoch from full_at - clock_timestamp()) - $4::float8 / $3::float8)::float8 * 1000 as wait_ms`;

/** Budgets that are full again; one that is drawn from at this moment is left alone. */
export const FORGET_BUDGETS = `
  delete from denyscope.rate_budget where budget in (
    select budget from denyscope.rate_budget where full_at < clock_timestamp() for update skip locked)`;
