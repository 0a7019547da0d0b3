-- The ledger by exception, and scans that may go.

-- What became of an ended run's parts, in numbers: {"listed": true, "waiting": 0, "complete": 990, "partial": 6, …}.
-- Where it is missing, the parts are all still there.
alter table denyscope.scan_run add column progress jsonb;

update denyscope.scan_run run set progress = (
  select jsonb_build_object(
    'listed', coalesce(bool_or(part = 'organization' and status = 'done'), false),
    'waiting', count(*) filter (where part <> 'organization' and status = 'waiting'),
    'complete', count(*) filter (where part <> 'organization' and status = 'done' and gaps = 0),
    'partial', count(*) filter (where part <> 'organization' and status = 'done' and gaps > 0),
    'failed', count(*) filter (where part <> 'organization' and status = 'failed'),
    'skipped', count(*) filter (where part <> 'organization' and status = 'skipped'),
    'gaps', coalesce(sum(gaps), 0))
  from denyscope.scan_part where run_id = run.id)
where status <> 'running';

-- When an account was last tried and last read by a run that ended; runs go, and so do the parts that read all.
create table denyscope.account_read (
  account_id text primary key,
  tried_at timestamptz not null,
  read_at timestamptz
);

insert into denyscope.account_read (account_id, tried_at, read_at)
select part.part, max(part.changed_at),
  max(part.changed_at) filter (where part.status = 'done' and run.status = 'published')
from denyscope.scan_part part join denyscope.scan_run run on run.id = part.run_id
where run.status <> 'running' and part.part <> 'organization' and part.status in ('done', 'failed')
group by part.part;

-- From here on a run that ended keeps the parts that were not read whole. What was read without a gap follows from
-- the facts of its scan.
delete from denyscope.scan_part part using denyscope.scan_run run
where run.id = part.run_id and run.status <> 'running'
  and (part.status = 'waiting' or (part.status = 'done' and part.gaps = 0));

-- A bound of a fact is a place in the order of scans, and stays when the scan of that id goes: else each night that
-- lets go of the oldest scan would write anew every fact that never changed.
alter table denyscope.fact drop constraint fact_valid_from_fkey, drop constraint fact_valid_to_fkey;

-- What changed since a scan: new facts lie together at the end, so a few pages say where.
create index fact_opened on denyscope.fact using brin (valid_from) with (pages_per_range = 32, autosummarize = on);
