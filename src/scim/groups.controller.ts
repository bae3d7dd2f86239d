import { Controller, Delete, Get, Param, Patch, Post, Put, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OwnBody } from '../access';
import { listQuery, locationOf, mustMatch, type Resource, sendList, sendResource, shows, versioned } from './answer';
import { BODY_LIMIT, type Operation, operationsOf, wholeOf } from './body';
import { groupChanges } from './group-changes';
import type { GroupRow } from './group.sql';
import { ScimGroups } from './groups.service';
import { ScimErrorFilter } from './scim-error.filter';
import { ScimGuard } from './scim.guard';
import { GROUP } from './urns';
import { connectionOf } from './users.controller';

/** /scim/v2/Groups (RFC 7644 §3). */
@Controller('scim/v2/Groups')
@UseGuards(ScimGuard)
@UseFilters(ScimErrorFilter)
export class ScimGroupsController {
  constructor(private readonly groups: ScimGroups) {}

  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const query = listQuery(request);
    const { rows, total } = await this.groups.list(connectionOf(request), query, shows(request)('members'));
    sendList(
      request,
      reply,
      rows.map((row) => groupResource(request, row)),
      total,
      query.startIndex,
    );
  }

  @Get(':id')
  async read(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    sendResource(request, reply, groupResource(request, await this.groups.read(connectionOf(request), id, true)));
  }

  @Post()
  @OwnBody(BODY_LIMIT)
  async create(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const row = await this.groups.create(connectionOf(request), groupChanges(wholeOf(request)));
    sendResource(request, reply, groupResource(request, row), 201);
  }

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
    await this.groups.remove(connectionOf(request), id, seenAsIs(request));
    void reply.code(204).send();
  }

  private async change(request: FastifyRequest, reply: FastifyReply, id: string, operations: readonly Operation[]): Promise<void> {
    const check = seenAsIs(request);
    const row = await this.groups.update(connectionOf(request), id, (present) => {
      check(present);
      return groupChanges(
        operations,
        present.members?.map((member) => member.id),
      );
    });
    sendResource(request, reply, groupResource(request, row));
  }
}

function seenAsIs(request: FastifyRequest): (row: GroupRow) => void {
  return (row) => mustMatch(request, groupResource(request, row));
}

function groupResource(request: FastifyRequest, { id, name, externalId, created, modified, members }: GroupRow): Resource {
  const resource = {
    schemas: [GROUP],
    id,
    ...(externalId !== null && { externalId }),
    meta: {
      resourceType: 'Group',
      created: created.toISOString(),
      lastModified: modified.toISOString(),
      location: locationOf(request, 'Groups', id),
    },
    displayName: name,
    ...(members && {
      members: members.map((member) => ({
        value: member.id,
        $ref: locationOf(request, 'Users', member.id),
        display: member.name,
        type: 'User',
      })),
    }),
  };
  // Without its members it has no version: that of a Group is of all of it.
  return members ? versioned(resource) : resource;
}
