import { ArgumentsHost, Catch, ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { faultOf } from '../database';
import { messagePage, Pages } from '../pages';
import { RedirectedError } from './authorization-request';
import type { OAuthError } from './oauth-error';
import { asOAuthError } from './oauth-error.filter';
import { withParameters } from './redirect-uri';

/** Tells the user on a page, or the client by redirect where it is known to be safe. */
@Catch()
export class AuthorizeErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('OAuth');

  constructor(private readonly pages: Pages) {}

  async catch(thrown: unknown, host: ArgumentsHost): Promise<void> {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    if (thrown instanceof RedirectedError) return this.redirect(reply, request, thrown);
    const error = asOAuthError(thrown);
    if (error.code === 'server_error') this.logger.error(`Request ${request.id} failed`, faultOf(thrown));
    request.refused = error.code;
    if (error.retryAfter !== undefined) reply.header('Retry-After', String(error.retryAfter));
    await this.pages.send(reply, messagePage(title(error), error.description), { status: error.status });
  }

  private redirect(reply: FastifyReply, request: FastifyRequest, { to, error }: RedirectedError): void {
    request.refused = error.code;
    const parameters = { error: error.code, error_description: error.description, state: to.state, iss: request.access.issuer };
    this.pages.redirect(reply, withParameters(to.redirectUri, parameters));
  }
}

function title(error: OAuthError): string {
  return error.status >= 500 ? 'Something went wrong' : 'This connection cannot be made';
}
