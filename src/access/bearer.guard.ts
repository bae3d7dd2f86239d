import { CanActivate, ExecutionContext, HttpException, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONNECTION_SCOPES } from '../permissions';
import { mountOf } from './surface';

/** Lets in who brought a valid token; otherwise challenges as RFC 6750 and RFC 9728 want it. */
@Injectable()
export class BearerGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { access } = request;
    if (access.caller === undefined) throw this.challenge(context, 401, access.tokenProblem === 'absent' ? undefined : 'invalid_token');
    if (!access.caller.scopes.some(isConnectionScope)) throw this.challenge(context, 403, 'insufficient_scope');
    return true;
  }

  private challenge(context: ExecutionContext, status: 401 | 403, error?: 'invalid_token' | 'insufficient_scope'): HttpException {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    // RFC 9728 §3.1: the metadata of exactly the mount that was called, because clients compare it with what was pasted.
    const metadata = `${request.access.issuer}/.well-known/oauth-protected-resource${mountOf(request).path}`;
    const scope = CONNECTION_SCOPES.join(' ');
    const value = `Bearer ${error === undefined ? '' : `error="${error}", `}resource_metadata="${metadata}", scope="${scope}"`;
    http.getResponse<FastifyReply>().header('www-authenticate', value);
    request.refused = error ?? 'unauthorized';
    return new HttpException({ error: error ?? 'unauthorized', error_description: SENTENCES[error ?? 'unauthorized'] }, status);
  }
}

const isConnectionScope = (scope: string): boolean => CONNECTION_SCOPES.includes(scope);

const SENTENCES = {
  unauthorized: 'Sign in first: this address answers to an access token only.',
  invalid_token: 'This access token is not valid here (any more). Refresh it, or sign in again.',
  insufficient_scope: `The access token lacks the scope to use MCP: ask for "${CONNECTION_SCOPES.join(' ')}".`,
};
