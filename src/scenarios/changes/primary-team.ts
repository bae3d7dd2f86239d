import { dayBefore } from '../days';
import type { Draft } from '../write';

interface Primary {
  readonly id: string;
  readonly target_team_id: string;
  readonly start_date: string;
  readonly end_date: string | null;
  readonly fte: string;
}

/** The primary allocation on a day, and the first one after it. */
const PRIMARY = `
  select a.id, a.target_team_id, a.start_date, a.end_date, a.fte::text from allocation a
  where a.org_id = $1 and a.employee_id = $2 and a.is_primary and coalesce(a.end_date, 'infinity') >= $3
  order by a.start_date limit 2`;

/** Into another team from a day on, until the next team that is agreed on or the last day. */
export async function changeTeam(
  draft: Draft,
  person: { id: string; fte: string; endDate: string | null },
  teamId: string,
  day: string,
): Promise<void> {
  const rows = await draft.ctx.db.query<Primary[]>(PRIMARY, [draft.ctx.orgId, person.id, day]);
  const now = rows.find(({ start_date }) => start_date <= day);
  const next = rows.find(({ start_date }) => start_date > day);
  if (now?.target_team_id === teamId) return;
  if (next) draft.warn('LATER_TEAM', `Another team is agreed on from ${next.start_date}; that stays.`, [next.id]);
  if (now?.start_date === day) draft.update('allocation', now.id, { target_team_id: teamId });
  else {
    if (now) draft.update('allocation', now.id, { end_date: dayBefore(day) });
    draft.create('allocation', {
      employee_id: person.id,
      target_team_id: teamId,
      fte: now?.fte ?? person.fte,
      start_date: day,
      end_date: now?.end_date ?? (next ? dayBefore(next.start_date) : person.endDate),
      is_primary: true,
    });
  }
}
