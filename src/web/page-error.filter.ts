import { ArgumentsHost, Catch, ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { faultOf, isBusy, isUnavailable } from '../database';
import { messagePage, Pages } from '../pages';

const SENTENCES: Readonly<Record<number, readonly [title: string, sentence: string]>> = {
  403: ['This form cannot be used', 'It was sent from another page, browser or sign-in. Go back, reload the page and try again.'],
  404: ['Not found', 'There is nothing at this address.'],
  429: ['Too many requests', 'There were too many from your network. Try again in a minute.'],
  503: ['Out of reach', 'Flowstate cannot reach its database. Try again in a few seconds.'],
};

const BUSY = ['Busy', 'Somebody else is changing the same data just now, so nothing was changed. Try again in a few seconds.'] as const;

/** Errors of web pages are pages. */
@Catch()
export class PageErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('Web');

  constructor(private readonly pages: Pages) {}

  async catch(thrown: unknown, host: ArgumentsHost): Promise<void> {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const busy = isBusy(thrown);
    const status = thrown instanceof HttpException ? thrown.getStatus() : busy || isUnavailable(thrown) ? 503 : 500;
    if (status === 500) this.logger.error(`Request ${request.id} failed`, faultOf(thrown));
    const [title, sentence] = (busy ? BUSY : SENTENCES[status]) ?? [
      'Something went wrong',
      `Try again. If it happens again, give the support this request id: ${request.id}.`,
    ];
    await this.pages.send(reply, messagePage(title, sentence), { status });
  }
}
