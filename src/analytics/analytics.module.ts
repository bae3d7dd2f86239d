import { Module } from '@nestjs/common';
import { AnalyticsService } from './analytics.service';
import { SummaryService } from './summary.service';

/** Questions about figures, over one vocabulary of metrics and dimensions. */
@Module({ providers: [AnalyticsService, SummaryService], exports: [AnalyticsService, SummaryService] })
export class AnalyticsModule {}
