import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity';
import { DemoModule, ImportsModule } from '../imports';
import { ScimConnectionsModule } from '../scim';
import { TenantsModule } from '../tenants';
import { OperatorServices } from './operator-services';
import { OperatorSocket } from './operator-socket';
import { OperatorService } from './operator.service';

@Module({
  imports: [TenantsModule, IdentityModule, DemoModule, ImportsModule, ScimConnectionsModule],
  providers: [OperatorServices, OperatorService, OperatorSocket],
  exports: [OperatorSocket, OperatorService],
})
export class OperatorModule {}
