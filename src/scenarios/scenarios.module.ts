import { Module } from '@nestjs/common';
import { DifferencesService } from './review/differences.service';
import { ReviewService } from './review/review.service';
import { ScenarioReading } from './review/scenario-reading.service';
import { ScenariosService } from './scenarios.service';

const SERVICES = [ScenariosService, ScenarioReading, DifferencesService, ReviewService];

/** What-if plans. */
@Module({ providers: SERVICES, exports: SERVICES })
export class ScenariosModule {}
