/** The floor: the least that can answer the same requests. Bare Fastify, no MCP library, a list made once. */
import Fastify from 'fastify';
import { Backend, setting } from './backend';

interface Message {
  id: number;
  method: string;
  params: { name: string; arguments?: Record<string, unknown> };
}

const backend = new Backend();
const list = Buffer.from(JSON.stringify({ tools: setting.tools }));
const fastify = Fastify();

fastify.post('/api/mcp', async (request, reply) => {
  const caller = await backend.admit(request.headers.authorization);
  const { id, method, params } = request.body as Message;
  void reply.type('application/json');
  if (method === 'tools/list') return Buffer.concat([Buffer.from(`{"jsonrpc":"2.0","id":${id},"result":`), list, Buffer.from('}')]);
  const data = await backend.call(caller, params.name, params.arguments ?? {});
  const result = { content: [{ type: 'text', text: JSON.stringify(data) }], structuredContent: data };
  return JSON.stringify({ jsonrpc: '2.0', id, result });
});

void fastify.listen({ port: setting.port, host: '127.0.0.1' }).then(() => console.log('ready'));
