import { ArgumentsHost, Catch, ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { QueryFailedError } from 'typeorm';
import { faultOf, isUnavailable } from '../database';
import { conflict, invalidValue, ScimError } from './scim-error';
import { ERROR, MEDIA_TYPE } from './urns';

/** What rules of the database mean to a directory; their own text may quote data. */
const RULES: Readonly<Record<string, () => ScimError>> = {
  employee_email: () => conflict('Somebody else who is employed at the same time has this e-mail address.'),
  employee_external_id: () => conflict('Somebody else has this employee number.'),
  scim_user_name: () => conflict('Somebody else has this userName.'),
  team_name_among_siblings: () => conflict('There is a Group of this name. Choose another name.'),
  manager_graph_acyclic: () => invalidValue('With this manager the person would report to themselves.'),
  employment_terms_check1: () => invalidValue('Nobody is their own manager. Name somebody else.'),
};

/** Every failure below /scim/v2 in SCIM's own form. */
@Catch()
export class ScimErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('Scim');

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const { status, detail, scimType, headers } = this.refusal(error, request);
    request.refused ??= scimType ?? `http_${status}`;
    void reply
      .code(status)
      .headers({ 'cache-control': 'no-store', 'content-type': MEDIA_TYPE, ...headers })
      .send(JSON.stringify({ schemas: [ERROR], status: String(status), ...(scimType && { scimType }), detail }));
  }

  private refusal(error: unknown, request: FastifyRequest): ScimError {
    if (error instanceof ScimError) return error;
    if (isUnavailable(error))
      return new ScimError(503, 'The database cannot be reached. Try again in a few seconds.', undefined, { 'retry-after': '5' });
    if (error instanceof HttpException) return new ScimError(error.getStatus(), 'There is nothing at this address.');
    const rule = broken(error);
    if (rule !== undefined)
      return (
        RULES[rule]?.() ?? invalidValue(`A value is not possible here (${rule}). Compare the values with /Schemas and send them again.`)
      );
    this.logger.error(`Request ${request.id} failed`, faultOf(error));
    return new ScimError(500, `Something went wrong on our side. The id of the request is ${request.id}.`);
  }
}

/** The name of the rule that a statement or commit broke (SQLSTATE classes 22 and 23). */
function broken(error: unknown): string | undefined {
  const { code, constraint } = (error instanceof QueryFailedError ? error.driverError : error) as { code?: unknown; constraint?: string };
  return typeof code === 'string' && /^2[23]/.test(code) ? (constraint ?? code) : undefined;
}
