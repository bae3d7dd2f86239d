import type { MigrationInterface, QueryRunner } from 'typeorm';

const WORLDS = ['live', 'overlay'];

/** What costs are warned of is found by team and project, where one of them is asked for: not among all of the organization's. */
export class FlaggedCosts1700000000043 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const world of WORLDS)
      await runner.query(`
        drop index ${world}.cost_segment_org_id_idx;
        create index cost_segment_flagged_idx on ${world}.cost_segment (org_id, team_id, project_id) where price_missing or over_allocated`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const world of WORLDS)
      await runner.query(`
        drop index ${world}.cost_segment_flagged_idx;
        create index cost_segment_org_id_idx on ${world}.cost_segment (org_id) where price_missing or over_allocated`);
  }
}
