import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { connect } from './oauth-flow';
import type { TestUser } from './people';

interface Options {
  /** What it asks for; by default all that the user may do. */
  readonly scope?: string;
  readonly fetch?: (url: string | URL, init?: RequestInit) => Promise<Response>;
}

/** The official client, connected for a user who consented in the browser. */
export async function mcpClient(
  origin: string,
  user: Pick<TestUser, 'email' | 'password'>,
  organization?: string,
  { scope, ...options }: Options = {},
): Promise<Client> {
  const { access_token: token } = await connect(origin, user, { scope, ...(organization !== undefined && { organization }) });
  const client = new Client({ name: 'test', version: '1' });
  const requestInit = { headers: { authorization: `Bearer ${token}` } };
  await client.connect(new StreamableHTTPClientTransport(new URL(`${origin}/api/mcp`), { requestInit, ...options }));
  return client;
}

export interface Answer {
  readonly isError: boolean;
  /** structuredContent, or what the text of a refusal says. */
  readonly data: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- what it holds is what tests are about
  /** What a model reads. */
  readonly text: string;
}

export async function answerOf(client: Client, name: string, input: object = {}): Promise<Answer> {
  const { isError, structuredContent, content } = await client.callTool({ name, arguments: input as Record<string, unknown> });
  const text = (content as { text?: string }[]).map((part) => part.text ?? '').join('');
  return { isError: isError === true, data: structuredContent ?? JSON.parse(text), text };
}
