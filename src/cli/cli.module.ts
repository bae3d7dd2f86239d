import { DynamicModule, Module } from '@nestjs/common';
import { AccessModule } from '../access';
import { AuditModule } from '../audit';
import { Config, ConfigModule } from '../config';
import { Database, DatabaseModule } from '../database';
import { OperatorModule } from './operator.module';

/** The composition root of the command line: what commands need, and nothing that listens. */
@Module({})
export class CliModule {
  /** @param open how the database is opened; tests bring a copy of a prepared one */
  static with(config: Config, open?: (config: Config) => Promise<Database>): DynamicModule {
    return {
      module: CliModule,
      imports: [ConfigModule.with(config), DatabaseModule.with(open), AuditModule, AccessModule, OperatorModule],
    };
  }
}
