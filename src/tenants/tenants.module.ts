import { Module } from '@nestjs/common';
import { MembershipsService } from './memberships.service';
import { OrganizationPolicies } from './organization-policies.service';
import { OrganizationsService } from './organizations.service';
import { RolesService } from './roles.service';
import { TenantsService } from './tenants.service';

const SERVICES = [TenantsService, OrganizationsService, OrganizationPolicies, RolesService, MembershipsService];

@Module({ providers: SERVICES, exports: SERVICES })
export class TenantsModule {}
