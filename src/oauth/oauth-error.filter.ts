import { ArgumentsHost, Catch, ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { faultOf, isUnavailable } from '../database';
import { OAuthError } from './oauth-error';

/** Whatever happens at an OAuth endpoint is answered in OAuth's own JSON, never as a page or a stack (HDR-3). */
@Catch()
export class OAuthErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('OAuth');

  catch(thrown: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const error = asOAuthError(thrown);
    if (error.code === 'server_error') this.logger.error(`Request ${request.id} failed`, faultOf(thrown));
    request.refused = error.code;
    if (error.retryAfter !== undefined) reply.header('Retry-After', String(error.retryAfter));
    if (error.code === 'invalid_client' && request.headers.authorization !== undefined)
      reply.header('WWW-Authenticate', 'Basic realm="Flowstate"');
    reply
      .status(error.status)
      .headers({ 'Cache-Control': 'no-store', 'Content-Type': 'application/json; charset=utf-8', 'X-Content-Type-Options': 'nosniff' })
      .send(JSON.stringify({ error: error.code, error_description: error.description }));
  }
}

/** TOK-13: a database that is away is worth another try; nothing was half done, because every change is one transaction. */
export function asOAuthError(thrown: unknown): OAuthError {
  if (thrown instanceof OAuthError) return thrown;
  if (thrown instanceof HttpException)
    return new OAuthError('invalid_request', 'This request cannot be served here.', { status: thrown.getStatus() });
  if (isUnavailable(thrown))
    return new OAuthError('temporarily_unavailable', 'Flowstate cannot reach its database. Try again in a few seconds.', { retryAfter: 5 });
  return new OAuthError('server_error', 'Something went wrong on our side. Try again.');
}
