/** What a source can have. */
export type Part =
  'email' | 'endDate' | 'noticeDate' | 'skills' | 'manager' | 'jobRole' | 'workType' | 'geography' | 'costCentre' | 'fte' | 'bonus';
export type Given = ReadonlySet<Part>;

/** The batch, $2, as rows; a share of full time as precise as it is kept. */
export const INCOMING = `incoming as materialized (
    select r.* from jsonb_to_recordset($2::jsonb) as r(
      "newId" text, "termsId" text, "payId" text, "allocationId" text, "pastId" text, "tailId" text, "externalId" text, "firstName" text, "lastName" text, email text,
      "startDate" date, "endDate" date, "noticeDate" date, skills text[], "managerNumber" text, "managerId" text,
      "jobRoleId" text, "workTypeId" text, "geographyId" text, "costCentreId" text, "teamId" text, fte numeric(8, 3),
      salary numeric, bonus numeric, currency text, "payDate" date)
  )`;

/** The batch with the person as they are now, and the day on which a change of theirs takes effect: not before their first day, nor after their last. */
export const KNOWN = `${INCOMING},
  known as materialized (
    select i.*, e.id as employee_id, e.start_date, e.end_date, greatest(e.start_date, least($3::date, coalesce(e.end_date, $3::date))) as day
    from incoming i
    cross join lateral (select * from employee where org_id = $1 and external_id = i."externalId" offset 0) e
  )`;
