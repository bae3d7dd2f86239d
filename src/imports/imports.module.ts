import { Module } from '@nestjs/common';
import { WorkforceModule } from '../workforce';
import { EffortImport } from './effort/effort-import.service';
import { EmployeesImport } from './employees/employees-import.service';
import { ImportService } from './import.service';
import { RecordsImport } from './records/records-import.service';
import { UsageImport } from './usage/usage-import.service';

/** Files from other systems into live data. */
@Module({
  imports: [WorkforceModule],
  providers: [EmployeesImport, RecordsImport, EffortImport, UsageImport, ImportService],
  exports: [ImportService],
})
export class ImportsModule {}
