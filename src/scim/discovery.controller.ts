import { All, Controller, Get, Param, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OwnBody } from '../access';
import { BODY_LIMIT } from './body';
import { resourceTypeDocuments, schemaDocuments, serviceProviderConfig } from './schemas';
import { missing, ScimError } from './scim-error';
import { ScimErrorFilter } from './scim-error.filter';
import { ScimGuard } from './scim.guard';
import { LIST_RESPONSE, MEDIA_TYPE } from './urns';

/** What can be done here (RFC 7644 §4), and a refusal in SCIM's form for everything that cannot. */
@Controller('scim/v2')
@UseGuards(ScimGuard)
@UseFilters(ScimErrorFilter)
export class ScimDiscoveryController {
  @Get('ServiceProviderConfig')
  config(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    send(reply, serviceProviderConfig(request.access.issuer));
  }

  @Get('Schemas')
  schemas(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    sendAll(request, reply, schemaDocuments(request.access.issuer));
  }

  @Get('Schemas/:id')
  schema(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('id') id: string): void {
    sendOne(reply, schemaDocuments(request.access.issuer), id);
  }

  @Get('ResourceTypes')
  resourceTypes(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    sendAll(request, reply, resourceTypeDocuments(request.access.issuer));
  }

  @Get('ResourceTypes/:id')
  resourceType(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('id') id: string): void {
    sendOne(reply, resourceTypeDocuments(request.access.issuer), id);
  }

  /** A token is of a directory, not of a person (RFC 7644 §3.11). */
  @All('Me')
  @OwnBody(BODY_LIMIT)
  me(): void {
    throw new ScimError(501, 'A connection is nobody in person: use /Users.');
  }

  @All('Bulk')
  @OwnBody(BODY_LIMIT)
  bulk(): void {
    throw new ScimError(501, 'Requests come one by one: there is no /Bulk.');
  }

  @All('*')
  @OwnBody(BODY_LIMIT)
  nothing(): void {
    throw new ScimError(404, 'There is nothing at this address.');
  }
}

function send(reply: FastifyReply, document: unknown): void {
  void reply.header('content-type', MEDIA_TYPE).send(JSON.stringify(document));
}

/** A filter is refused rather than passed over (RFC 7644 §4). */
function sendAll(request: FastifyRequest, reply: FastifyReply, documents: readonly unknown[]): void {
  if ((request.query as Record<string, unknown>)['filter'] !== undefined) throw new ScimError(403, 'This list has no filter.');
  send(reply, {
    schemas: [LIST_RESPONSE],
    totalResults: documents.length,
    startIndex: 1,
    itemsPerPage: documents.length,
    Resources: documents,
  });
}

function sendOne(reply: FastifyReply, documents: readonly { readonly id: string }[], id: string): void {
  const document = documents.find((one) => one.id.toLowerCase() === id.toLowerCase());
  if (document === undefined) throw missing();
  send(reply, document);
}
