import type { AuditEvent } from '../../audit';
import { SCIM_BASE, SCIM_TEAMS } from '../../scim';
import { type Organization, TenancyError } from '../../tenants';
import type { Command } from '../command';

const ORGANIZATION = { name: 'organization', about: 'Its id (org_…), or tenant/name.' };

function event(kind: AuditEvent['kind'], { id, tenantId }: Organization, connectionId: string): AuditEvent {
  return { kind, outcome: 'ok', tenantId, orgId: id, clientId: connectionId };
}

const time = (at: Date | null): string => (at === null ? 'never' : at.toISOString().slice(0, 16).replace('T', ' '));

/** Tokens of directories; in Settings an administrator does the same. */
export const SCIM_COMMANDS: readonly Command[] = [
  {
    name: 'scim connect',
    summary: 'Make a token by which a directory writes people and teams of an organization (docs/scim.md).',
    arguments: [ORGANIZATION, { name: 'name', about: 'What the directory is called, such as Entra.' }],
    options: {
      country: { value: 'code', required: true, about: 'Two letters (ISO 3166), of new places of which the directory names no country.' },
      teams: { value: 'what', fallback: 'groups', about: `What tells the team of a person: ${SCIM_TEAMS.join(' or ')}.` },
    },
    run: async (input, { organizations, scim, config }, say) => {
      const organization = await organizations.find(input.argument('organization'));
      const [name, country, teams] = [input.argument('name'), input.option('country'), input.option('teams')];
      const made = await scim.create({ organization, name, country, teams });
      say(`Address: ${config.origin(made.slug)}${SCIM_BASE}`);
      say(`Token (shown only now): ${made.token}`);
      return event('scim.connected', organization, made.id);
    },
  },
  {
    name: 'scim list',
    summary: 'List the connections of directories to an organization.',
    arguments: [ORGANIZATION],
    run: async (input, { organizations, scim }, say) => {
      const { id, tenantId } = await organizations.find(input.argument('organization'));
      const connections = await scim.list(tenantId, [id]);
      for (const { id: connectionId, name, createdAt, lastUsedAt, revokedAt } of connections)
        say(
          `${connectionId}  ${name}  made ${time(createdAt)}  used ${time(lastUsedAt)}${revokedAt === null ? '' : `  revoked ${time(revokedAt)}`}`,
        );
      if (connections.length === 0) say('There are none.');
      return undefined;
    },
  },
  {
    name: 'scim revoke',
    summary: 'End a connection of a directory at once.',
    arguments: [ORGANIZATION, { name: 'connection', about: 'Its id (scim_…).' }],
    run: async (input, { organizations, scim }, say) => {
      const organization = await organizations.find(input.argument('organization'));
      if (!(await scim.revoke(organization, input.argument('connection'))))
        throw new TenancyError('There is no such connection, or it is revoked.');
      say('Revoked.');
      return event('scim.revoked', organization, input.argument('connection'));
    },
  },
];
