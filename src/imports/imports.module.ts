import { Module } from '@nestjs/common';
import { WorkforceModule } from '../workforce';
import { EmployeesImport } from './employees/employees-import.service';
import { ImportService } from './import.service';

/** Files from other systems into live data. */
@Module({ imports: [WorkforceModule], providers: [EmployeesImport, ImportService], exports: [ImportService] })
export class ImportsModule {}
