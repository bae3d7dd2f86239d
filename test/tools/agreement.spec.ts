import { Demo } from '../support/demo';
import type { Json } from '../mcp/wire';

/** The same figures of the demo by several tools. */
describe('tools that tell the same figure', () => {
  let demo: Demo;
  /** Whole weeks that are over, in which planned days and worked weeks are the same ones. */
  let weeks: { from: string; to: string };
  let projects: Json[];
  beforeAll(async () => {
    demo = await Demo.start();
    const sunday = `date_trunc('week', now() at time zone 'Europe/Berlin')::date - 1`;
    [weeks] = (await demo.rows(`select (${sunday} - 83)::text as from, (${sunday})::text as to where $1 <> ''`)) as [typeof weeks];
    projects = await pages('search_projects', {});
  }, 180_000);
  afterAll(() => demo.close());

  async function ask(tool: string, input: object): Promise<Json> {
    const { isError, data } = await demo.call('owner', tool, input);
    expect([tool, isError]).toEqual([tool, false]);
    return data;
  }

  async function pages(tool: string, input: object): Promise<Json[]> {
    const { items, nextCursor: cursor } = await ask(tool, { ...input, limit: 100 });
    return cursor ? [...items, ...(await pages(tool, { ...input, cursor }))] : items;
  }

  /** One metric of query_analytics by a dimension, or by the first days of months. */
  async function analysed(metric: string, by: string, more: object = {}): Promise<Map<string | null, number>> {
    const query = by === 'month' ? { granularity: 'month' } : { dimensions: [by] };
    const { rows } = await ask('query_analytics', { metrics: [metric], period: weeks, limit: 500, ...query, ...more });
    return new Map(rows.map((row: Json[]) => [row[0], Number(row.at(-1))]));
  }

  it('gives actual and planned FTE of each project, and its cost, as query_analytics does', async () => {
    const worked = await analysed('effort_fte', 'project');
    const cost = await analysed('effort_cost', 'project');
    const missing = await analysed('plan_vs_actual_fte', 'project');
    let ofAgents = 0;
    for (const { id, name } of projects) {
      const { totals, cost: spent } = await ask('get_project_effort', { ...weeks, projectId: id });
      expect([name, totals.fte, Number(spent.amount)]).toEqual([name, worked.get(id) ?? 0, expect.closeTo(cost.get(id) ?? 0, 1)]);
      expect([name, totals.plannedFte - (totals.fte - totals.aiAgentFte)]).toEqual([name, expect.closeTo(missing.get(id) ?? 0, 2)]);
      ofAgents += totals.aiAgentFte;
    }
    expect(ofAgents).toBeGreaterThan(0);
  });

  it('gives FTE of a month as the mean of its own weeks everywhere', async () => {
    for (const { id } of projects) {
      const months = (await ask('get_project_effort', { ...weeks, projectId: id, groupBy: 'month' })).items;
      const buckets = await analysed('effort_fte', 'month', { filters: [{ field: 'project', op: 'eq', value: id }] });
      const worked = [...buckets].filter(([, fte]) => fte > 0).map(([day, fte]) => [day?.slice(0, 7), fte]);
      expect([id, months.map(({ month, fte }: Json) => [month, fte])]).toEqual([id, worked]);
    }
  });

  it('gives FTE allocated to a project as query_analytics does, without AI agents', async () => {
    const [{ today, agents }] = (await demo.rows(
      `select (now() at time zone 'Europe/Berlin')::date::text as today, count(*)::integer as agents
       from allocation where org_id = $1 and ai_agent_id is not null and target_project_id is not null and coalesce(end_date, 'infinity') >= now()`,
    )) as [{ today: string; agents: number }];
    expect(agents).toBeGreaterThan(0);
    const planned = await analysed('allocated_fte', 'project', { period: { from: today, to: today } });
    const wrong = await pages('find_projects_with_issues', { issues: ['completed_with_allocations', 'ended_with_allocations'] });
    expect(wrong.length).toBeGreaterThan(0);
    for (const { id, name, allocatedFte } of [...projects, ...wrong])
      expect([name, allocatedFte]).toEqual([name, expect.closeTo(planned.get(id) ?? 0, 3)]);
    for (const { id, name, allocatedFte } of projects)
      expect([name, (await ask('get_project_details', { projectId: id })).totals?.allocatedFte]).toEqual([name, allocatedFte]);
  });

  it('counts the people of each team once, and says the same of who of them used AI', async () => {
    const period = { from: `${weeks.from.slice(0, 8)}01`, to: (await ask('get_organization_context', {})).today };
    const figures = await pages('get_ai_spend_by_team', period);
    const headcount = await analysed('headcount', 'team', { period });
    const users = await analysed('ai_active_users', 'team', { period });
    const rate = await analysed('ai_adoption_rate', 'team', { period });
    for (const { team, ...row } of figures) {
      const id = team?.id ?? null;
      const own = [row.headcount, row.activeUsers, row.adoptionRate ?? 0];
      expect([team?.name, ...own]).toEqual([team?.name, headcount.get(id) ?? 0, users.get(id) ?? 0, rate.get(id) ?? 0]);
      expect(row.adoptionRate ?? 0).toBeLessThanOrEqual(1);
      if (team) expect((await ask('get_team_details', { teamId: id })).headcount.own).toBe(row.headcount);
    }
    const { totals } = await ask('get_ai_usage_summary', period);
    const whole = await ask('query_analytics', { metrics: ['headcount', 'ai_active_users', 'ai_adoption_rate'], period });
    expect(whole.totals.map(Number)).toEqual([totals.headcount, totals.activeUsers, totals.adoptionRate]);
    expect(figures.reduce((sum, row) => sum + row.headcount, 0)).toBe(totals.headcount);
    expect((await ask('get_ai_spend_by_team', period)).totals).toMatchObject({
      ...{ headcount: totals.headcount, activeUsers: totals.activeUsers, adoptionRate: totals.adoptionRate, spend: totals.spend },
    });
    const below = (await ask('get_team_details', { teamId: 'ext:platform' })).headcount.withSubteams;
    expect((await ask('get_ai_spend_by_team', { ...period, teamId: 'ext:platform' })).totals.headcount).toBe(below);
  });

  it('gives effort on no project as effort by kind, of everybody and of a team', async () => {
    for (const teamId of [undefined, 'ext:platform']) {
      const { totals } = await ask('get_unattributed_effort', { ...weeks, teamId });
      const filters = teamId ? [{ field: 'team', op: 'under', value: teamId }] : [];
      const kinds = await analysed('effort_fte', 'work_category', { filters });
      const all = [...kinds.values()].reduce((sum, fte) => sum + fte, 0);
      for (const [kind, { fte, share }] of [['unlinked', totals.unlinked] as const, ['non_project', totals.nonProject] as const])
        expect([kind, kinds.get(kind), kinds.get(kind)! / all]).toEqual([kind, fte, expect.closeTo(share, 3)]);
    }
  });
});
