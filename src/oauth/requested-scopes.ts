import { isNarrowingScope, NARROWING_SCOPES, type NarrowingScope, SUPPORTED_SCOPES } from '../permissions';
import { OAuthError } from './oauth-error';

/** What an authorization asks for, in the order of the metadata. */
export interface RequestedScopes {
  readonly scopes: readonly string[];
  /** True once a narrowing or an unknown scope was asked for: the connection must not come out wider than it was meant. */
  readonly narrowed: boolean;
}

const DEFAULT_SCOPES: readonly string[] = ['openid', 'profile'];
/** OpenID Connect claim scopes that clients send by habit. They name no data of ours, so they are dropped and narrow nothing. */
const IDENTITY_CLAIMS = new Set(['email', 'address', 'phone']);
/** RFC 6749 §3.3. */
const SCOPE_LIST = /^[\x21\x23-\x5B\x5D-\x7E]+(?: [\x21\x23-\x5B\x5D-\x7E]+)*$/;

export function requestedScopes(text: string | undefined): RequestedScopes {
  if (text === undefined || text === '') return { scopes: DEFAULT_SCOPES, narrowed: false };
  const asked = scopeList(text);
  const scopes = SUPPORTED_SCOPES.filter((scope) => asked.has(scope));
  if (scopes.length === 0) throw new OAuthError('invalid_scope', 'None of the requested scopes exists here.');
  const unknown = [...asked].some((scope) => !SUPPORTED_SCOPES.includes(scope) && !IDENTITY_CLAIMS.has(scope));
  return { scopes, narrowed: unknown || scopes.some(isNarrowingScope) };
}

/** The scopes of one refresh (RFC 6749 §6): those of the grant, or some of them. */
export function refreshedScopes(text: string | undefined, granted: readonly string[]): readonly string[] {
  if (text === undefined || text === '') return granted;
  const asked = scopeList(text);
  if ([...asked].some((scope) => !granted.includes(scope)))
    throw new OAuthError('invalid_scope', 'The scope is wider than what was granted.');
  return granted.filter((scope) => asked.has(scope));
}

/**
 * The scopes after the consent page, where the user may leave areas out of whatever was asked.
 * A connection that asked for everything becomes one that names all areas but those.
 */
export function withoutAreas(asked: RequestedScopes, leftOut: readonly string[]): RequestedScopes {
  const left = new Set(leftOut.filter(isNarrowingScope).map(areaOf));
  if (left.size === 0) return asked;
  const narrowing = asked.narrowed ? asked.scopes.filter(isNarrowingScope) : offeredAreas(asked);
  const others = asked.scopes.filter((scope) => !isNarrowingScope(scope));
  return { scopes: [...others, ...narrowing.filter((scope) => !left.has(areaOf(scope)))], narrowed: true };
}

/** The areas that the consent page lists: those asked for, or all where nothing was narrowed. */
export function offeredAreas(asked: RequestedScopes): readonly NarrowingScope[] {
  const scopes = asked.narrowed ? asked.scopes.filter(isNarrowingScope) : (Object.keys(NARROWING_SCOPES) as NarrowingScope[]);
  return [...new Set(scopes.map(areaOf))];
}

/** Two names of one area must be left out together, or leaving out one would change nothing. */
function areaOf(scope: NarrowingScope): NarrowingScope {
  return scope === 'org-units.read' ? 'teams.read' : scope;
}

function scopeList(text: string): Set<string> {
  if (text.length > 2_000 || !SCOPE_LIST.test(text))
    throw new OAuthError('invalid_scope', 'The scope is not a list of scope names separated by one space.');
  return new Set(text.split(' '));
}
