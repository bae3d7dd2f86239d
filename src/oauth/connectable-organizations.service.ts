import { Injectable } from '@nestjs/common';
import type { RequestAccess } from '../access';
import { MembershipsService } from '../tenants';

/** An organization that the user may connect an MCP client to. */
export interface ConnectableOrganization {
  readonly id: string;
  readonly name: string;
  readonly tenantId: string;
  readonly tenantName: string;
}

@Injectable()
export class ConnectableOrganizationsService {
  constructor(private readonly memberships: MembershipsService) {}

  /** Those of the host's tenant, or on the bare host of every tenant, where the user holds connections.authorize. */
  async of(userId: string, { tenant, bare }: Pick<RequestAccess, 'tenant' | 'bare'>): Promise<readonly ConnectableOrganization[]> {
    const memberships = await this.memberships.of(userId, bare ? undefined : tenant?.id);
    return memberships
      .filter(({ mcpOpen, permissions }) => mcpOpen && permissions.has('connections.authorize'))
      .map(({ orgId, orgName, tenantId, tenantName }) => ({ id: orgId, name: orgName, tenantId, tenantName }));
  }
}
