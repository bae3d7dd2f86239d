import { consent } from './consenting-person';

/**
 * The OAuth half of an MCP client's host application, as both SDK generations ask for it: keeps what it is given in
 * memory, and sends a person with a browser to the authorization page.
 */
export class ConnectingPerson {
  readonly redirectUrl = 'http://127.0.0.1:41999/callback';
  readonly clientMetadata = { client_name: 'SDK test client', redirect_uris: [this.redirectUrl], token_endpoint_auth_method: 'none' };
  callback: Readonly<Record<string, string>> = {};
  private client?: object;
  private stored?: object;
  private verifier = '';
  private discovered?: object;

  constructor(
    private readonly email: string,
    private readonly organization?: string,
  ) {}

  clientInformation = (): never => this.client as never;
  saveClientInformation = (client: object): void => void (this.client = client);
  tokens = (): never => this.stored as never;
  saveTokens = (tokens: object): void => void (this.stored = tokens);
  discoveryState = (): never => this.discovered as never;
  saveDiscoveryState = (state: object): void => void (this.discovered = state);
  codeVerifier = (): string => this.verifier;
  saveCodeVerifier = (verifier: string): void => void (this.verifier = verifier);

  async redirectToAuthorization(url: URL): Promise<void> {
    const { callback } = await consent(url.href, this.email, { organization: this.organization });
    this.callback = Object.fromEntries(callback.searchParams);
  }
}
