import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity';
import { DemoModule } from '../imports';
import { TenantsModule } from '../tenants';
import { OperatorServices } from './operator-services';
import { OperatorSocket } from './operator-socket';
import { OperatorService } from './operator.service';

@Module({
  imports: [TenantsModule, IdentityModule, DemoModule],
  providers: [OperatorServices, OperatorService, OperatorSocket],
  exports: [OperatorSocket, OperatorService],
})
export class OperatorModule {}
