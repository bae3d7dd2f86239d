import { Controller, Delete, Get, Param, Patch, Post, Put, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OwnBody } from '../access';
import { listQuery, mustMatch, sendList, sendResource } from './answer';
import { BODY_LIMIT, type Operation, operationsOf, wholeOf } from './body';
import type { ScimConnection } from './connections.service';
import { ScimErrorFilter } from './scim-error.filter';
import { ScimGuard } from './scim.guard';
import { userChanges } from './user-changes';
import type { UserRow } from './user.sql';
import { userResource } from './user.view';
import { ScimUsers } from './users.service';

/** /scim/v2/Users (RFC 7644 §3). */
@Controller('scim/v2/Users')
@UseGuards(ScimGuard)
@UseFilters(ScimErrorFilter)
export class ScimUsersController {
  constructor(private readonly users: ScimUsers) {}

  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const query = listQuery(request);
    const { rows, total } = await this.users.list(connectionOf(request), query);
    sendList(
      request,
      reply,
      rows.map((row) => userResource(request, row)),
      total,
      query.startIndex,
    );
  }

  @Get(':id')
  async read(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    sendResource(request, reply, userResource(request, await this.users.read(connectionOf(request), id)));
  }

  @Post()
  @OwnBody(BODY_LIMIT)
  async create(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const row = await this.users.create(connectionOf(request), userChanges(wholeOf(request)));
    sendResource(request, reply, userResource(request, row), 201);
  }

  /** What a PUT leaves out stays: a directory replaces what it is the source of, and others may be of the rest. */
  @Put(':id')
  @OwnBody(BODY_LIMIT)
  replace(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    return this.change(request, reply, id, wholeOf(request));
  }

  @Patch(':id')
  @OwnBody(BODY_LIMIT)
  patch(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    return this.change(request, reply, id, operationsOf(request));
  }

  @Delete(':id')
  @OwnBody(BODY_LIMIT)
  async remove(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    await this.users.remove(connectionOf(request), id, seenAsIs(request));
    void reply.code(204).send();
  }

  private async change(request: FastifyRequest, reply: FastifyReply, id: string, operations: readonly Operation[]): Promise<void> {
    const check = seenAsIs(request);
    const row = await this.users.update(connectionOf(request), id, (present) => {
      check(present);
      return userChanges(operations, present);
    });
    sendResource(request, reply, userResource(request, row));
  }
}

function seenAsIs(request: FastifyRequest): (row: UserRow) => void {
  return (row) => mustMatch(request, userResource(request, row));
}

/** The guard has set it. */
export function connectionOf(request: FastifyRequest): ScimConnection {
  return request.scim as ScimConnection;
}
