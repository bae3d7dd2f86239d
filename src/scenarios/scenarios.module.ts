import { Module } from '@nestjs/common';
import { AnalyticsModule } from '../analytics';
import {
  AiAgentChanges,
  AllocationChanges,
  BudgetChanges,
  ContractorChanges,
  EmployeeChanges,
  ProjectChanges,
  TeamChanges,
  Terminations,
  VacancyChanges,
  VacancyFilling,
} from './changes';
import { ScenarioCreation } from './create-scenario.service';
import { DifferencesService } from './review/differences.service';
import { ReversalService } from './review/reversal.service';
import { ReviewService } from './review/review.service';
import { ComparisonService } from './review/comparison.service';
import { ScenarioReading } from './review/scenario-reading.service';
import { Discards, Rebases, Undo } from './revision';
import { ScenarioValidation } from './review/validation.service';
import { ScenarioActs } from './scenario-acts.service';
import { ScenariosService } from './scenarios.service';
import { Confirmation, PlanRules, PlanWriter } from './write';

const STAFF = [EmployeeChanges, Terminations, ContractorChanges, VacancyChanges, VacancyFilling, AiAgentChanges];
const CHANGES = [...STAFF, TeamChanges, ProjectChanges, AllocationChanges, BudgetChanges];
const REVIEW = [ComparisonService, ScenarioValidation, ScenarioReading, DifferencesService, ReviewService, ReversalService];
const REVISION = [Rebases, Undo, Discards];
const SERVICES = [ScenariosService, ScenarioCreation, ScenarioActs, PlanWriter, ...CHANGES, ...REVISION, ...REVIEW];

/** What-if plans. */
@Module({ imports: [AnalyticsModule], providers: [...SERVICES, PlanRules, Confirmation], exports: SERVICES })
export class ScenariosModule {}
