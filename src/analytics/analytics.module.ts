import { Module } from '@nestjs/common';
import { AnalyticsService } from './analytics.service';

/** Questions about figures, over one vocabulary of metrics and dimensions. */
@Module({ providers: [AnalyticsService], exports: [AnalyticsService] })
export class AnalyticsModule {}
