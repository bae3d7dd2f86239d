import { DynamicModule, Global, Module } from '@nestjs/common';
import { Config } from '../config';
import { Database } from './database';
import { openDatabase } from './open';

@Global()
@Module({})
export class DatabaseModule {
  /** @param open how the database is opened; tests bring a copy of a prepared one */
  static with(open: (config: Config) => Promise<Database> = openDatabase): DynamicModule {
    return { module: DatabaseModule, providers: [{ provide: Database, useFactory: open, inject: [Config] }], exports: [Database] };
  }
}
