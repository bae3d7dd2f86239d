/** Error codes of RFC 6749 §4.1.2.1 and §5.2, RFC 7591 §3.2.2, RFC 8707 §2, OpenID Connect §3.1.2.6 and wire.md §1, with the status of a direct (not redirected) reply. */
const STATUS = {
  invalid_request: 400,
  invalid_client: 401,
  invalid_grant: 400,
  unauthorized_client: 400,
  unsupported_grant_type: 400,
  unsupported_response_type: 400,
  invalid_scope: 400,
  invalid_target: 400,
  access_denied: 403,
  login_required: 400,
  consent_required: 400,
  request_not_supported: 400,
  request_uri_not_supported: 400,
  registration_not_supported: 400,
  mcp_disabled: 403,
  slow_down: 429,
  invalid_redirect_uri: 400,
  invalid_client_metadata: 400,
  server_error: 500,
  temporarily_unavailable: 503,
} as const;

export type OAuthErrorCode = keyof typeof STATUS;

/** A refusal in the words of OAuth. The description is one plain sentence for the client's developer; it never repeats what was sent. */
export class OAuthError extends Error {
  override readonly name = 'OAuthError';
  readonly status: number;
  /** Seconds for the Retry-After header. */
  readonly retryAfter: number | undefined;

  constructor(
    readonly code: OAuthErrorCode,
    readonly description: string,
    reply: { status?: number; retryAfter?: number } = {},
  ) {
    super(`${code}: ${description}`);
    this.status = reply.status ?? STATUS[code];
    this.retryAfter = reply.retryAfter;
  }
}
