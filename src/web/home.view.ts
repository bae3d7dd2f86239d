import type { RequestAccess } from '../access';
import { MCP_PLANS } from '../tenants';
import { Html, html, note, Page } from '../pages';

export function homePage({ issuer, tenant }: RequestAccess, mcpIsOpen: boolean, setsPolicies: boolean, header: Html): Page {
  const url = `${issuer}/api/mcp`;
  return {
    title: tenant === undefined ? 'Connect your AI client' : tenant.name,
    account: header,
    main: html`<h1>${tenant === undefined ? 'Flowstate for AI clients' : tenant.name}</h1>
      <p>
        Ask about people, teams and plans from Claude, ChatGPT, Cursor and other clients that speak MCP. They see what you may see, and
        nothing more.
      </p>
      ${mcpIsOpen ? connect(url) : closed(tenant?.plan)}
      ${setsPolicies ? html`<p>You set what they may do to scenarios under <a href="/settings/policies">Settings → Policies</a>.</p>` : ''}`,
  };
}

function connect(url: string): Html {
  return html`<h2>Connector URL</h2>
    <p class="url"><code>${url}</code></p>
    <h2>How to connect</h2>
    <dl class="ways">
      <dt>Claude</dt>
      <dd>Settings → Connectors → Add custom connector, paste the URL, then sign in here.</dd>
      <dt>ChatGPT</dt>
      <dd>Settings → Apps &amp; Connectors → Create, paste the URL, choose OAuth.</dd>
      <dt>Claude Code</dt>
      <dd><code>claude mcp add --transport http flowstate ${url}</code></dd>
      <dt>Cursor, VS Code and others</dt>
      <dd>Add an HTTP server with this URL. A browser window opens for the sign-in.</dd>
    </dl>
    <p>You can see and end your connections under <a href="/settings/api-keys">Settings → API Keys</a>.</p>`;
}

/** Neither is on a page: plans and features are set by the operator. */
function closed(plan: string | undefined): Html {
  const included = MCP_PLANS.some((one) => one === plan);
  return note(
    included
      ? html`<p>MCP external access is not enabled for this organization. The support of Flowstate can turn it on.</p>`
      : html`<p>
          The plan of this organization does not include MCP: ${MCP_PLANS.join(', ')} do. The support of Flowstate can change it.
        </p>`,
  );
}
