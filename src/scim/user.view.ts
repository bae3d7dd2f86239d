import type { FastifyRequest } from 'fastify';
import { locationOf, type Resource, versioned } from './answer';
import { EMPLOYMENT, ENTERPRISE_USER, USER } from './urns';
import type { UserRow } from './user.sql';

/** A person as a User: nothing of pay, which SCIM neither shows nor takes. */
export function userResource(request: FastifyRequest, row: UserRow): Resource {
  const { id, first, last, email, manager, managerId, team, teamId } = row;
  return versioned({
    schemas: [USER, ENTERPRISE_USER, EMPLOYMENT],
    id,
    ...(row.externalId !== null && { externalId: row.externalId }),
    meta: {
      resourceType: 'User',
      created: row.created.toISOString(),
      lastModified: row.modified.toISOString(),
      location: locationOf(request, 'Users', id),
    },
    userName: row.userName,
    name: { givenName: first, familyName: last, formatted: `${first} ${last}` },
    displayName: `${first} ${last}`,
    active: row.active,
    title: row.title,
    userType: row.workType,
    ...(email !== null && { emails: [{ value: email, type: 'work', primary: true }] }),
    addresses: [{ type: 'work', locality: row.place, country: row.country, primary: true }],
    ...(team !== null &&
      teamId !== null && { groups: [{ value: teamId, $ref: locationOf(request, 'Groups', teamId), display: team, type: 'direct' }] }),
    [ENTERPRISE_USER]: {
      ...(row.number !== null && { employeeNumber: row.number }),
      ...(row.centre !== null && { costCenter: row.centre }),
      ...(team !== null && { department: team }),
      ...(managerId !== null &&
        manager !== null && { manager: { value: managerId, $ref: locationOf(request, 'Users', managerId), displayName: manager } }),
    },
    [EMPLOYMENT]: { startDate: row.start, ...(row.end !== null && { endDate: row.end }), fte: Number(row.fte) },
  });
}
