import { Module } from '@nestjs/common';
import { AiSpendService } from './ai-spend.service';
import { AiUsageService } from './ai-usage.service';

const SERVICES = [AiUsageService, AiSpendService];

/** What AI systems were used for, by whom, and what that cost. */
@Module({ providers: SERVICES, exports: SERVICES })
export class AiSpendModule {}
