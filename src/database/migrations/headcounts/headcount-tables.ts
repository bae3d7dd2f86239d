import { protect } from '../workforce/live-table';

/** How many people there are, by kind: who has started, who has left, who is on notice (key ''), and who is in a team or job role (its id). */
export const HEADCOUNT_TABLES = `
  -- How many more, or fewer, from this day on.
  create type platform.headcount_change as (kind text, key text, day date, people integer);

  -- What each person adds, so that what they no longer add is known when something about them changes.
  create table live.headcount_part (
    org_id text not null,
    subject_id text not null,
    changes platform.headcount_change[] not null,
    primary key (org_id, subject_id)
  );
  -- The same of everybody together: a count on a day is the sum of the rows until then.
  create table live.headcount_step (
    org_id text not null,
    kind text not null,
    day date not null,
    key text not null,
    people integer not null,
    primary key (org_id, kind, day, key)
  );
  -- Days for which the sums are kept, so that only the rows since the last of them are added up.
  create table live.headcount_checkpoint (
    org_id text not null,
    day date not null,
    primary key (org_id, day)
  );
  create table live.headcount_level (
    org_id text not null,
    kind text not null,
    day date not null, -- of the checkpoint
    key text not null,
    people integer not null,
    primary key (org_id, kind, day, key)
  );
  ${['headcount_part', 'headcount_step', 'headcount_checkpoint', 'headcount_level'].map(protect).join('')}
  revoke select on live.headcount_part from flowstate_mcp;

  -- What a scenario adds to the steps of live, by whom.
  create table overlay.headcount_step (
    org_id text not null,
    plan_id text not null,
    subject_id text not null,
    kind text not null,
    key text not null,
    day date not null,
    people integer not null
  );
  create index on overlay.headcount_step (org_id, plan_id, kind, day);
  create index on overlay.headcount_step (org_id, plan_id, subject_id);
  alter table overlay.headcount_step enable row level security, force row level security;
  create policy owner on overlay.headcount_step to flowstate_owner using (true) with check (true);
  create policy world on overlay.headcount_step for select to flowstate_whatif
    using (org_id = platform.setting('org_id') and plan_id = platform.setting('plan_id'));

  select overlay.pass('headcount_checkpoint');
  create view scenario.headcount_step with (security_invoker) as
    select org_id, kind, day, key, people from live.headcount_step
    union all select org_id, kind, day, key, people from overlay.headcount_step;
  create view scenario.headcount_level with (security_invoker) as
    select org_id, kind, day, key, people from live.headcount_level
    union all select c.org_id, s.kind, c.day, s.key, s.people
      from live.headcount_checkpoint c join overlay.headcount_step s on s.org_id = c.org_id and s.day <= c.day;
  grant select on live.headcount_step, live.headcount_level, overlay.headcount_step, scenario.headcount_step, scenario.headcount_level to flowstate_whatif;
`;

export const HEADCOUNT_TABLES_DOWN = `
  drop view scenario.headcount_level, scenario.headcount_step, scenario.headcount_checkpoint;
  drop table overlay.headcount_step, live.headcount_level, live.headcount_checkpoint, live.headcount_step, live.headcount_part;
  drop type platform.headcount_change;
`;
