import { ArgumentsHost, Catch, ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { faultOf, isUnavailable } from '../database';
import { bodyFor, NOT_FOUND, Refusal, UNAVAILABLE } from './refusal';

/** Last stop of every error over HTTP: a sentence in the shape of the path it happened on, never a stack (HDR-3). */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Http');

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const refusal = this.refusalFor(error, request);
    request.refused ??= refusal.code;
    void reply
      .code(refusal.status)
      .headers({ 'cache-control': 'no-store', ...refusal.headers })
      .send(bodyFor(request.surface, refusal));
  }

  private refusalFor(error: unknown, request: FastifyRequest): Refusal {
    if (isUnavailable(error)) return UNAVAILABLE;
    if (error instanceof HttpException) return fromHttpException(error);
    const status = statusOf(error);
    if (status !== undefined && status < 500) return clientError(status, error);
    this.logger.error(`Request ${request.id} failed`, faultOf(error));
    const sentence = `Something went wrong on our side. If it happens again, give the support this request id: ${request.id}.`;
    return { status: 500, body: { error: 'server_error', error_description: sentence }, code: 'server_error' };
  }
}

function fromHttpException(error: HttpException): Refusal {
  const status = error.getStatus();
  if (status === 404) return NOT_FOUND;
  const given = error.getResponse();
  const body = typeof given === 'object' ? (given as Record<string, unknown>) : { error: 'invalid_request', error_description: given };
  return { status, body, code: typeof body['error'] === 'string' ? body['error'] : `http_${status}` };
}

/** Fastify's own refusals (body too large, unsupported media type, malformed JSON). */
function clientError(status: number, error: unknown): Refusal {
  const sentence = error instanceof Error ? error.message : 'The request is not valid.';
  return { status, body: { error: 'invalid_request', error_description: sentence }, code: `http_${status}` };
}

function statusOf(error: unknown): number | undefined {
  const status = typeof error === 'object' && error !== null ? (error as { statusCode?: unknown }).statusCode : undefined;
  return typeof status === 'number' && status >= 400 ? status : undefined;
}
