import type { Client, Tool } from '@modelcontextprotocol/client';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { answerOf } from '../test/support/mcp-client';
import { TYPICAL_CALLS } from './typical-calls';

/** Tokens of one tool by the tokenizer o200k_base. Other models count a little differently. */
export interface ToolTokens {
  readonly name: string;
  readonly reads: boolean;
  /** What a client puts before its model for each conversation: name, description, arguments. */
  readonly declared: number;
  /** The whole entry of tools/list, with hints and the outline of the output, which clients keep for themselves. */
  readonly listed: number;
  /** Whether it is about one scenario: there has to be one to ask it about. */
  readonly ofScenario: boolean;
  /** A typical answer as text; undefined where the tool has no typical call, or no scenario to be about. */
  readonly answer: number | undefined;
}

/** What a client puts before its model of a tool, in tokens. */
export function declaredTokens({ name, description, inputSchema }: Pick<Tool, 'name' | 'description' | 'inputSchema'>): number {
  return countTokens(JSON.stringify({ name, description, inputSchema }));
}

/** Catalogue and answers, as a connected client gets them. */
export async function tokensOf(client: Client): Promise<ToolTokens[]> {
  const { tools } = await client.listTools();
  const counts: ToolTokens[] = [];
  for (const tool of tools) {
    const { name, inputSchema, annotations } = tool;
    const reads = annotations?.readOnlyHint === true;
    const scenario = inputSchema.required?.find((field) => field === 'planId' || field === 'planIds');
    counts.push({
      ...{ name, reads, ofScenario: scenario !== undefined },
      declared: declaredTokens(tool),
      listed: countTokens(JSON.stringify(tool)),
      answer: await answerTokens(client, name, scenario ? await aboutScenario(client, name, scenario, reads) : TYPICAL_CALLS[name]),
    });
  }
  return counts;
}

/** Asked about a scenario that there is; to change one, in a dry run, about a draft of the user's. */
async function aboutScenario(client: Client, name: string, field: string, reads: boolean): Promise<object | undefined> {
  const typical = TYPICAL_CALLS[name];
  if (typeof typical === 'function' || (!reads && typical === undefined)) return undefined;
  const which = reads ? {} : { mine: true, status: 'DRAFT' };
  const [scenario] = (await answerOf(client, 'list_scenarios', which)).data.items as { id: string }[];
  if (scenario === undefined) return undefined;
  return { ...typical, [field]: field === 'planId' ? scenario.id : [scenario.id], ...(!reads && { dryRun: true }) };
}

async function answerTokens(
  client: Client,
  name: string,
  typical: (typeof TYPICAL_CALLS)[string] | undefined,
): Promise<number | undefined> {
  if (typical === undefined) return undefined;
  const input = typeof typical === 'function' ? typical((await answerOf(client, 'search', { query: 'Engineering' })).data) : typical;
  const { isError, text } = await answerOf(client, name, input);
  if (isError) throw new Error(`${name} ${JSON.stringify(input)}: ${text}`);
  return countTokens(text);
}

export function totals(counts: readonly ToolTokens[]): Pick<ToolTokens, 'declared' | 'listed'> {
  const sum = (key: 'declared' | 'listed'): number => counts.reduce((all, one) => all + one[key], 0);
  return { declared: sum('declared'), listed: sum('listed') };
}
