import { Module } from '@nestjs/common';
import { McpModule } from '../mcp';
import { OperationsService } from './operations.service';

@Module({ imports: [McpModule], providers: [OperationsService], exports: [OperationsService] })
export class OperationsModule {}
