// The official SDK as its examples use it without sessions: a McpServer with all tools, and a transport, for each request.
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { createServer } from 'node:http';
import { z } from 'zod';
import { Backend, setting } from './backend.mjs';

const backend = new Backend();
const tools = setting.tools.map(({ name, inputSchema, outputSchema, ...rest }) => ({
  name,
  config: { ...rest, inputSchema: z.fromJSONSchema(inputSchema), outputSchema: z.fromJSONSchema(outputSchema) },
}));

function serverFor(caller) {
  const server = new McpServer({ name: 'sdk-per-request', version: '1.0.0' });
  for (const { name, config } of tools) {
    server.registerTool(name, config, async (input) => {
      const data = await backend.call(caller, name, input);
      return { content: [{ type: 'text', text: JSON.stringify(data) }], structuredContent: data };
    });
  }
  return server;
}

async function body(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString());
}

createServer(async (request, response) => {
  const message = await body(request);
  const server = serverFor(await backend.admit(request.headers.authorization));
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined, enableJsonResponse: true });
  response.on('close', () => {
    void transport.close();
    void server.close();
  });
  await server.connect(transport);
  await transport.handleRequest(request, response, message);
}).listen(setting.port, '127.0.0.1', () => console.log('ready'));
