import type { EntityManager } from 'typeorm';

const TODAY = 'select (clock_timestamp() at time zone time_zone)::date as today from organization where id = $1';

/** The day where the organization is. */
export async function todayOf(db: EntityManager, orgId: string): Promise<string> {
  return (await db.query<{ today: string }[]>(TODAY, [orgId]))[0]?.today as string;
}
