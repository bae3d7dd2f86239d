// A complete MCP client: registers itself, lets a person sign in, lists the tools and calls one.
//   node docs/connect/client.mjs http://localhost:3000/api/mcp
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { createServer } from 'node:http';

const url = new URL(process.argv[2] ?? 'http://localhost:3000/api/mcp');
const redirectUrl = 'http://127.0.0.1:8765/callback';
const kept = {};

/** What the SDK asks of its host application; a real one keeps client and tokens on disk. */
const authProvider = {
  redirectUrl,
  clientMetadata: { client_name: 'Example client', redirect_uris: [redirectUrl], token_endpoint_auth_method: 'none' },
  clientInformation: () => kept.client,
  saveClientInformation: (client) => void (kept.client = client),
  tokens: () => kept.tokens,
  saveTokens: (tokens) => void (kept.tokens = tokens),
  codeVerifier: () => kept.verifier,
  saveCodeVerifier: (verifier) => void (kept.verifier = verifier),
  discoveryState: () => kept.discovery,
  saveDiscoveryState: (discovery) => void (kept.discovery = discovery),
  redirectToAuthorization: (page) => console.log(`Open this in your browser:\n  ${page}\n`),
};

/** The parameters with which the browser comes back after consent. */
function callback() {
  return new Promise((resolve) => {
    const server = createServer((request, reply) => {
      reply.end('Connected. You can close this page.');
      server.close();
      resolve(new URL(request.url, redirectUrl).searchParams);
    }).listen(8765, '127.0.0.1');
  });
}

async function connected() {
  const client = new Client({ name: 'example', version: '1' }, { versionNegotiation: { mode: 'auto' } });
  await client.connect(new StreamableHTTPClientTransport(url, { authProvider }));
  return client;
}

const answer = callback();
await connected().catch(() => undefined); // without a token: registers, and asks for the sign-in
await new StreamableHTTPClientTransport(url, { authProvider }).finishAuth(await answer);

const client = await connected();
const { tools } = await client.listTools();
console.log(tools.map(({ name }) => name));
const { structuredContent } = await client.callTool({ name: 'search_employees', arguments: { skill: 'SQL', limit: 2 } });
console.log(JSON.stringify(structuredContent, null, 2));
await client.close();
process.exit(0);
