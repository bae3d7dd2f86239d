import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Config } from '../config';
import { BrowserSession, BrowserSessionsService, cookieHash } from './browser-sessions.service';
import { clearCookie, newCookieValue, readCookie, writeCookie } from './cookies';
import { FormTokens } from './form-tokens';
import type { User } from './users.service';

/** The browser behind a page request. */
export interface Visitor {
  readonly realm: string;
  readonly session?: BrowserSession;
  /** Hash of the cookie that this browser alone holds; forms and pending authorizations are bound to it. */
  readonly binding: Buffer;
}

/** Tells browsers apart by their cookies, signs them in and out, and decides whether a form is theirs. */
@Injectable()
export class VisitorService {
  private readonly secure: boolean;

  constructor(
    config: Config,
    private readonly sessions: BrowserSessionsService,
    private readonly tokens: FormTokens,
  ) {
    this.secure = config.scheme === 'https';
  }

  /** Gives a browser without a session a form cookie, so that its forms are bound to it before anybody signs in. */
  async of(realm: string, request: FastifyRequest, reply: FastifyReply): Promise<Visitor> {
    const cookie = readCookie(request.headers.cookie, 'session', this.secure);
    const session = cookie === undefined ? undefined : await this.sessions.find(realm, cookie);
    if (session) return { realm, session, binding: session.hash };
    const known = readCookie(request.headers.cookie, 'form', this.secure);
    if (known !== undefined) return { realm, binding: cookieHash(known) };
    const fresh = newCookieValue();
    reply.header('Set-Cookie', writeCookie('form', fresh, this.secure));
    return { realm, binding: cookieHash(fresh) };
  }

  /** Opens a session under a new id and ends the one before. */
  async signIn(visitor: Visitor, user: User, request: FastifyRequest, reply: FastifyReply): Promise<Visitor> {
    if (visitor.session) await this.sessions.close(visitor.realm, visitor.session.hash);
    const value = await this.sessions.open(visitor.realm, user.id, { ip: request.ip, userAgent: request.headers['user-agent'] });
    reply.header('Set-Cookie', writeCookie('session', value, this.secure)).header('Set-Cookie', clearCookie('form', this.secure));
    const hash = cookieHash(value);
    return { realm: visitor.realm, session: { hash, user, recentlyAuthenticated: true }, binding: hash };
  }

  /** Ends the session on the server, not only in the browser. */
  async signOut(visitor: Visitor, reply: FastifyReply): Promise<Visitor> {
    if (visitor.session) await this.sessions.close(visitor.realm, visitor.session.hash);
    const fresh = newCookieValue();
    reply.header('Set-Cookie', clearCookie('session', this.secure)).header('Set-Cookie', writeCookie('form', fresh, this.secure));
    return { realm: visitor.realm, binding: cookieHash(fresh) };
  }

  formToken(visitor: Visitor, purpose: string): string {
    return this.tokens.make(visitor.binding, purpose);
  }

  /**
   * Whether a posted form is one of ours, filled in by this browser: the token fits, and where the browser tells the
   * form's origin, it is our own. Programs that send neither header still need the token.
   */
  isOwnForm(visitor: Visitor, request: FastifyRequest, origin: string, token: string | undefined, purpose: string): boolean {
    const site = request.headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
    if (request.headers.origin !== undefined && request.headers.origin !== origin) return false;
    return this.tokens.accepts(token, visitor.binding, purpose);
  }
}
