import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity';
import { DemoModule, ImportsModule } from '../imports';
import { TenantsModule } from '../tenants';
import { OperatorServices } from './operator-services';
import { OperatorSocket } from './operator-socket';
import { OperatorService } from './operator.service';

@Module({
  imports: [TenantsModule, IdentityModule, DemoModule, ImportsModule],
  providers: [OperatorServices, OperatorService, OperatorSocket],
  exports: [OperatorSocket, OperatorService],
})
export class OperatorModule {}
