import type { TestOrganization } from '../workforce/organization';
import { type Brought, ImportBench } from './import-bench';

let desk: ImportBench;
let org: TestOrganization;
beforeAll(async () => {
  desk = await ImportBench.open();
});
afterAll(() => desk.close());
beforeEach(async () => {
  org = await desk.bench.organization();
  await org.person({ first: 'Ada', last: 'Amber', email: 'ada@example.test' });
});

const NOTHING = { created: 0, changed: 0, unchanged: 0, refused: 0, warnings: 0 };

type Usage = Record<string, unknown>;

/** What is there afterwards, by day, account, system and model; a second import changes nothing. */
async function imported(
  file: string | object,
  answers: Record<string, string> = {},
  more = '',
): Promise<{ first: Brought; usage: Usage[] }> {
  const text = typeof file === 'string' ? file : JSON.stringify(file);
  const first = await desk.bring(org, 'ai-usage', text, { answers, more });
  const before = await desk.live(org);
  const second = await desk.bring(org, 'ai-usage', text, { answers, more });
  expect(second.figures).toMatchObject({ created: 0, changed: 0, unchanged: first.figures['created'] });
  expect(await desk.live(org)).toEqual(before);
  const usage = await desk.rows<Usage>(
    org,
    `select u.day::text as day, a.provider, a.account, e.last_name as person, u.system, u.model, u.input_tokens::int as input, u.cached_tokens::int as cached,
       u.output_tokens::int as output, u.sessions, trim_scale(u.cost)::text as cost, u.currency
     from ai_usage_day u join ai_account a on a.org_id = u.org_id and a.id = u.account_id left join employee e on e.org_id = a.org_id and e.id = a.employee_id
     where u.org_id = $1 order by u.day, a.account, u.model`,
  );
  return { first, usage };
}

const DAY = { person: null, input: 0, cached: 0, output: 0, sessions: 0, cost: '0', currency: 'USD' };
const ADA = { account: 'ada@example.test', person: 'Amber' };

describe('AI usage from a file of one’s own', () => {
  const HEADER = ['Date', 'User', 'Provider', 'Tool', 'Model', 'Input tokens', 'Output tokens', 'Sessions', 'Cost', 'Currency'];

  it('is summed up by day, account, system and model, and takes the place of what is there', async () => {
    const row = (user: string, cost: string): string[] => [
      '2026-09-28',
      user,
      'Example AI',
      'Assistant',
      'large',
      '1000',
      '200',
      '1',
      cost,
      'usd',
    ];
    const file = [HEADER, row('ADA@example.test', '0.1'), row('ada@example.test', '0.2'), row('ci-bot', '1'), row('', '1')];
    const { figures, lines } = await desk.bring(org, 'ai-usage', file);
    expect(figures).toEqual({ ...NOTHING, created: 2, refused: 1, warnings: 1, 'new accounts': 2 });
    expect(lines).toEqual([
      'Line 5 refused: account is blank.',
      "Warning, line 4: the account (column User) is nobody's e-mail address: kept as unmatched.",
      'Counted are days of an account, a system and a model: 2 of 4 rows.',
      "1 of 2 accounts are nobody's: their usage is kept and reported as unmatched.",
    ]);
    const sums = `select a.account, u.input_tokens::int as input, u.sessions, trim_scale(u.cost)::text as cost, u.currency from ai_usage_day u
      join ai_account a on a.org_id = u.org_id and a.id = u.account_id where u.org_id = $1 order by 1`;
    expect(await desk.rows(org, sums)).toEqual([
      { account: 'ada@example.test', input: 2000, sessions: 2, cost: '0.3', currency: 'USD' },
      { account: 'ci-bot', input: 1000, sessions: 1, cost: '1', currency: 'USD' },
    ]);
    const corrected = await desk.bring(org, 'ai-usage', [HEADER, row('ada@example.test', '0.25')]);
    expect(corrected.figures).toEqual({ ...NOTHING, changed: 1 });
    expect((await desk.rows(org, sums))[0]).toEqual({
      account: 'ada@example.test',
      input: 1000,
      sessions: 1,
      cost: '0.25',
      currency: 'USD',
    });
    const cheaper = await desk.bring(org, 'ai-usage', [
      ['Date', 'User', 'Provider', 'Tool', 'Model', 'Sessions'],
      ['2026-09-28', 'ada@example.test', 'Example AI', 'Assistant', 'large', '9'],
    ]);
    expect(cheaper.figures).toEqual({ ...NOTHING, changed: 1 });
    expect((await desk.rows(org, sums))[0]).toEqual({
      account: 'ada@example.test',
      input: 1000,
      sessions: 9,
      cost: '0.25',
      currency: 'USD',
    });
  });

  it('finds the person of an account that was nobody’s, and never takes one away', async () => {
    const file = [HEADER, ['2026-09-28', 'new@example.test', 'Example AI', 'Assistant', '', '1', '1', '1', '1', 'USD']];
    await desk.bring(org, 'ai-usage', file);
    await org.person({ first: 'Neo', last: 'New', email: 'new@example.test' });
    expect((await desk.bring(org, 'ai-usage', file)).figures).toEqual({ ...NOTHING, unchanged: 1, 'new matched accounts': 1 });
    await desk.bench.test.admin(`update live.employee set email = 'other@example.test' where last_name = 'New' and org_id = $1`, [org.id]);
    expect((await desk.bring(org, 'ai-usage', file)).figures).toMatchObject({ unchanged: 1, warnings: 1 });
    expect(await desk.rows(org, 'select count(employee_id)::int as matched from ai_account where org_id = $1')).toEqual([{ matched: 1 }]);
  });

  it('refuses what is no figure, and a second currency of one day', async () => {
    const row = (tokens: string, cost: string, currency: string): string[] => [
      '2026-09-28',
      'bot',
      'E',
      'A',
      '',
      tokens,
      '1',
      '1',
      cost,
      currency,
    ];
    const { lines } = await desk.bring(org, 'ai-usage', [
      HEADER,
      row('1', '1', 'USD'),
      row('1.5', '1', 'USD'),
      row('1', '-2', 'USD'),
      row('1', '1', 'EUR'),
      row('1', '1', ''),
    ]);
    expect(lines.slice(0, 4)).toEqual([
      'Line 3 refused: input tokens (column Input tokens) is no whole number.',
      "Line 4 refused: cost (column Cost) is a credit of more than the account's costs of the system on the day.",
      'Line 5 refused: currency (column Currency) is another one than on line 2, of the same day.',
      'Line 6 refused: currency is blank.',
    ]);
  });
});

describe('AI usage as providers export it', () => {
  it('Claude: the spend report of one day', async () => {
    const { first, usage } = await imported(
      `user_email,account_uuid,product,model,total_requests,total_prompt_tokens,total_completion_tokens,total_net_spend_usd,total_gross_spend_usd,user_id,total_uncached_input_tokens,total_cache_read_tokens,total_cache_write_5m_tokens,total_cache_write_1h_tokens
ada@example.test,00000000-0000-4000-8000-000000000000,Claude Code,claude-opus-5,12,900,80,1.25,1.50,user_1,100,700,60,40
(org service usage),(org service),(org service),claude-haiku-5,1,10,5,0.01,0.01,,10,0,0,0
`,
      { day: '2026-09-27' },
    );
    expect(first.mapping).toContain('export = claude spend report');
    expect(usage).toEqual([
      {
        ...DAY,
        day: '2026-09-27',
        provider: 'Anthropic',
        account: '(org service usage)',
        system: '(org service)',
        model: 'claude-haiku-5',
        input: 10,
        output: 5,
        cost: '0.01',
      },
      {
        ...DAY,
        ...ADA,
        day: '2026-09-27',
        provider: 'Anthropic',
        system: 'Claude Code',
        model: 'claude-opus-5',
        input: 200,
        cached: 700,
        output: 80,
        cost: '1.25',
      },
    ]);
  });

  it('Claude Console: usage and cost by API key, which add up to one account', async () => {
    await imported(
      `usage_date_utc,model_version,api_key,workspace,usage_type,context_window,usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,usage_output_tokens,web_search_count,inference_geo,speed
2026-08-05,claude-opus-5,Build,Default,standard,≤ 200k,46981,15969,10,500,16932,0,global,
`,
    );
    const { usage } = await imported(
      `usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,list_price_usd,cost_type,inference_geo,speed
2026-08-05,Claude Opus 5,Default,Build,message,≤ 200k,input_no_cache,0.01,0.01,token,global,
2026-08-05,Claude Opus 5,Default,Build,message,≤ 200k,output,0.5,0.5,token,global,
`,
    );
    const build = { ...DAY, day: '2026-08-05', provider: 'Anthropic', account: 'Build', system: 'Claude API' };
    expect(usage).toEqual([
      { ...build, model: 'Claude Opus 5', cost: '0.51' },
      { ...build, model: 'claude-opus-5', input: 62960, cached: 500, output: 16932, currency: 'EUR' },
    ]);
  });

  it('Claude Code: the analytics of the Admin API, sessions once per person and day, amounts in cents', async () => {
    const model = (name: string, amount: number): object => ({
      model: name,
      tokens: { input: 100, output: 30, cache_read: 50, cache_creation: 7 },
      estimated_cost: { currency: 'USD', amount },
    });
    const day = {
      date: '2026-08-08T00:00:00Z',
      customer_type: 'api',
      terminal_type: 'vscode',
      tool_actions: { edit_tool: { accepted: 1, rejected: 0 } },
    };
    const { usage } = await imported({
      data: [
        {
          ...day,
          actor: { type: 'user_actor', email_address: 'ada@example.test' },
          core_metrics: { num_sessions: 15, lines_of_code: { added: 342, removed: 128 } },
          model_breakdown: [model('claude-opus-5', 186), model('claude-sonnet-5', 42)],
        },
        {
          ...day,
          actor: { type: 'api_actor', api_key_name: 'ci' },
          core_metrics: { num_sessions: 1 },
          model_breakdown: [model('claude-opus-5', 5)],
        },
      ],
      has_more: false,
      next_page: null,
    });
    const code = { ...DAY, day: '2026-08-08', provider: 'Anthropic', system: 'Claude Code', input: 107, cached: 50, output: 30 };
    expect(usage).toEqual([
      { ...code, ...ADA, model: 'claude-opus-5', sessions: 15, cost: '1.86' },
      { ...code, ...ADA, model: 'claude-sonnet-5', sessions: 0, cost: '0.42' },
      { ...code, account: 'ci', model: 'claude-opus-5', sessions: 1, cost: '0.05' },
    ]);
  });

  it('Anthropic: the usage and cost reports of the Admin API', async () => {
    const bucket = (results: object[]): object => ({
      data: [{ starting_at: '2026-08-08T00:00:00Z', ending_at: '2026-08-09T00:00:00Z', results }],
      has_more: false,
    });
    await imported(
      bucket([
        {
          ...{ uncached_input_tokens: 1500, cache_creation: { ephemeral_1h_input_tokens: 1000, ephemeral_5m_input_tokens: 500 } },
          ...{ cache_read_input_tokens: 200, output_tokens: 500, server_tool_use: { web_search_requests: 10 } },
          ...{ api_key_id: 'apikey_1', workspace_id: null, model: 'claude-opus-5', service_tier: 'standard', context_window: '0-200k' },
        },
      ]),
    );
    const { usage } = await imported(
      bucket([
        {
          currency: 'USD',
          amount: '123.78912',
          workspace_id: 'wrkspc_1',
          description: 'Claude Opus 5 Usage - Input Tokens',
          model: 'claude-opus-5',
        },
      ]),
    );
    const api = { ...DAY, day: '2026-08-08', provider: 'Anthropic', system: 'Claude API', model: 'claude-opus-5' };
    expect(usage).toEqual([
      { ...api, account: 'apikey_1', input: 3000, cached: 200, output: 500, currency: 'EUR' },
      { ...api, account: 'wrkspc_1', cost: '1.237891' },
    ]);
  });

  it('OpenAI: usage and costs as CSV and as the Admin API answers them', async () => {
    const oct5 = { day: '2025-10-05', provider: 'OpenAI', system: 'OpenAI API' };
    await imported(
      `start_time,end_time,start_time_iso,end_time_iso,project_id,num_model_requests,user_id,user_email,api_key_id,model,batch,service_tier,input_tokens,output_tokens,input_cached_tokens
1759622400,1759622460,2025-10-05T00:00:00+00:00,2025-10-05T00:01:00+00:00,proj_1,3,user-1,ada@example.test,key_1,gpt-5-mini,False,default,1000,50,400
1759622460,1759622520,2025-10-05T00:01:00+00:00,2025-10-05T00:02:00+00:00,proj_1,1,user-1,ada@example.test,key_1,gpt-5-mini,False,default,10,5,0
`,
    );
    await imported(
      `start_time,end_time,start_time_iso,end_time_iso,amount_value,amount_currency,line_item,project_id,organization_id,organization_name
1759622400,1759708800,2025-10-05T00:00:00+00:00,2025-10-06T00:00:00+00:00,0.8958740000000000,usd,"gpt-5-mini, input",proj_1,org-1,Personal
1760054400,1760140800,2025-10-10T00:00:00+00:00,2025-10-11T00:00:00+00:00,,,,,,
`,
    );
    const page = (results: object[]): object => ({
      object: 'page',
      data: [
        { object: 'bucket', start_time: 1759708800, end_time: 1759795200, results },
        { object: 'bucket', start_time: 1759795200, end_time: 1759881600, results: [] },
      ],
    });
    await imported(
      page([
        {
          object: 'organization.usage.completions.result',
          input_tokens: 100,
          output_tokens: 7,
          input_cached_tokens: 40,
          num_model_requests: 2,
          user_id: 'user-1',
          model: 'gpt-5',
        },
      ]),
    );
    const { usage } = await imported(
      page([
        {
          object: 'organization.costs.result',
          amount: { value: 0.0000006, currency: 'usd' },
          line_item: 'gpt-5, output',
          project_id: 'proj_1',
        },
      ]),
    );
    expect(usage).toEqual([
      { ...DAY, ...ADA, ...oct5, model: 'gpt-5-mini', input: 610, cached: 400, output: 55, currency: 'EUR' },
      { ...DAY, ...oct5, account: 'proj_1', model: 'gpt-5-mini, input', cost: '0.895874' },
      { ...DAY, ...oct5, day: '2025-10-06', account: 'proj_1', model: 'gpt-5, output', cost: '0.000001' },
      { ...DAY, ...oct5, day: '2025-10-06', account: 'user-1', model: 'gpt-5', input: 60, cached: 40, output: 7, currency: 'EUR' },
    ]);
  });

  it('Cursor: the events of a team as CSV and as the Admin API answers them', async () => {
    await imported(`Date,User,Kind,Model,Max Mode,Input (w/ Cache Write),Input (w/o Cache Write),Cache Read,Output Tokens,Total Tokens,Cost
"2026-07-10T09:00:00.375Z","ada@example.test","Included","composer-1","No","1,200","1,000","500","300","3,000","Included"
"2026-07-10T10:00:00.000Z","ada@example.test","On-Demand","composer-1","No","0","10","0","5","15","$0.05"
"2026-07-10T10:00:00.000Z","","On-Demand","auto","No","0","10","0","5","15","-"
`);
    const { usage } = await imported({
      totalUsageEventsCount: 2,
      pagination: { numPages: 1, currentPage: 1, pageSize: 10, hasNextPage: false, hasPreviousPage: false },
      usageEvents: [
        {
          ...{
            timestamp: '1783764000000',
            model: 'claude-4.5-sonnet',
            kind: 'Usage-based',
            isChargeable: true,
            userEmail: 'ada@example.test',
          },
          ...{
            tokenUsage: { inputTokens: 126, outputTokens: 450, cacheWriteTokens: 6112, cacheReadTokens: 11964, totalCents: 20.18232 },
            chargedCents: 21.36,
          },
        },
        {
          timestamp: '1783764000001',
          model: 'claude-4.5-sonnet',
          kind: 'Included',
          isChargeable: false,
          userEmail: 'ada@example.test',
          tokenUsage: { inputTokens: 1, outputTokens: 1, totalCents: 5 },
        },
      ],
      period: { startDate: 1783728000000, endDate: 1783814400000 },
    });
    const cursor = { ...DAY, day: '2026-07-10', provider: 'Cursor', system: 'Cursor' };
    expect(usage).toEqual([
      { ...cursor, account: 'Cursor', model: 'auto', input: 10, output: 5 },
      { ...cursor, ...ADA, model: 'composer-1', input: 2210, cached: 500, output: 305, cost: '0.05' },
      { ...cursor, ...ADA, day: '2026-07-11', model: 'claude-4.5-sonnet', input: 6239, cached: 11964, output: 451, cost: '0.2136' },
    ]);
  });

  it('GitHub Copilot: billing and usage metrics, whose user names the mapping can match', async () => {
    const whose = '[values of account]\nada-amber = ada@example.test';
    await imported(
      `\uFEFFdate,username,product,sku,model,quantity,unit_type,applied_cost_per_quantity,gross_amount,discount_amount,net_amount,total_monthly_quota,organization,cost_center_name,aic_quantity,aic_gross_amount
2026-08-01,ada-amber,copilot,copilot_ai_credit,Claude Opus 5,2650,ai-credits,0.01,26.50,19.00,7.50,1900,acme,,2650,26.50
`,
      {},
      whose,
    );
    const record = (user: string, sessions: number): object => ({
      ...{ day: '2026-08-02', user_id: 1, user_login: user, user_initiated_interaction_count: sessions, code_generation_activity_count: 3 },
      ...{
        totals_by_ide: [{ ide: 'vscode', user_initiated_interaction_count: sessions }],
        totals_by_feature: [{ feature: 'chat' }, { feature: 'agent' }],
      },
    });
    const { usage } = await imported(`${JSON.stringify(record('ada-amber', 30))}\n${JSON.stringify(record('octocat', 4))}\n`, {}, whose);
    const copilot = { ...DAY, provider: 'GitHub', system: 'GitHub Copilot' };
    expect(usage).toEqual([
      { ...copilot, ...ADA, day: '2026-08-01', model: 'Claude Opus 5', cost: '7.5' },
      { ...copilot, ...ADA, day: '2026-08-02', model: '', sessions: 30, currency: 'EUR' },
      { ...copilot, account: 'octocat', day: '2026-08-02', model: '', sessions: 4, currency: 'EUR' },
    ]);
  });

  it('JSON that is none says so', async () => {
    await expect(desk.bring(org, 'ai-usage', '{"data": [1,\n')).rejects.toThrow('neither one JSON document nor one per line (line 1)');
    await expect(desk.bring(org, 'ai-usage', '{"data": []}')).rejects.toThrow('is empty');
  });
});
