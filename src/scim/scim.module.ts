import { Module } from '@nestjs/common';
import { WorkforceModule } from '../workforce';
import { ScimConnections } from './connections.service';
import { ScimDiscoveryController } from './discovery.controller';
import { NewPeople } from './employment';
import { ScimGroupsController } from './groups.controller';
import { ScimGroups } from './groups.service';
import { ScimGuard } from './scim.guard';
import { ScimUsersController } from './users.controller';
import { ScimUsers } from './users.service';

/** The tokens alone, for those who make them. */
@Module({ providers: [ScimConnections], exports: [ScimConnections] })
export class ScimConnectionsModule {}

/** SCIM 2.0: directories such as Entra and Okta write people and teams of one organization. */
@Module({
  imports: [WorkforceModule, ScimConnectionsModule],
  controllers: [ScimUsersController, ScimGroupsController, ScimDiscoveryController],
  providers: [ScimGuard, ScimUsers, ScimGroups, NewPeople],
})
export class ScimModule {}
