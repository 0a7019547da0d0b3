-- How fast AWS may be called, shared by all workers: a row for each budget that was used of late. Unlogged, since a
-- budget that is forgotten in a crash is a full one.
create unlogged table denyscope.rate_budget (
  -- Service, operation, Region and account.
  budget text primary key,
  -- When it will be full again, by the clock of the server. Each draw moves it on by the time that its tokens take to
  -- come back; a row whose time has passed says no more than none.
  full_at timestamptz not null
) with (fillfactor = 50);
