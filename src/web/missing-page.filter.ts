import { ArgumentsHost, Catch, ExceptionFilter, Injectable, NotFoundException } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ProblemFilter } from '../access';
import { Pages } from '../pages';
import { PageErrorFilter } from './page-error.filter';

/** A person who mistypes an address sees a page; programs, and everybody on the MCP surface, get JSON. */
@Injectable()
@Catch(NotFoundException)
export class MissingPageFilter implements ExceptionFilter {
  private readonly page: PageErrorFilter;
  private readonly problem = new ProblemFilter();

  constructor(pages: Pages) {
    this.page = new PageErrorFilter(pages);
  }

  async catch(error: NotFoundException, host: ArgumentsHost): Promise<void> {
    const { surface, headers } = host.switchToHttp().getRequest<FastifyRequest>();
    const wantsPage = surface === undefined && /text\/html/.test(headers.accept ?? '');
    return wantsPage ? this.page.catch(error, host) : this.problem.catch(error, host);
  }
}
