import { Module } from '@nestjs/common';
import { ScenariosService } from './scenarios.service';

/** What-if plans. */
@Module({ providers: [ScenariosService], exports: [ScenariosService] })
export class ScenariosModule {}
