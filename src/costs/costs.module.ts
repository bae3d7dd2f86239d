import { Module } from '@nestjs/common';
import { CostsService } from './costs.service';

/** What people, contractors, vacancies and AI agents cost. */
@Module({ providers: [CostsService], exports: [CostsService] })
export class CostsModule {}
