/** What is known from outside about how one MCP client registers and then asks for authorization. */
export interface KnownClient {
  /** The body of its registration request. */
  readonly metadata: Readonly<Record<string, unknown>> & { readonly redirect_uris: readonly string[] };
  /** Every redirect URI that it has been seen to ask for: those registered, and the same with another loopback port. */
  readonly redirects: readonly string[];
  /** How it authenticates with what our reply names. */
  readonly method: 'none' | 'client_secret_post';
  /** The scope it asks for; undefined where it sends none. */
  readonly scope?: string;
}
