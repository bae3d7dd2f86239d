export { AiSpendModule } from './ai-spend.module';
export { AiUsageService, type UsageSummary } from './ai-usage.service';
export { type PersonSpend, type TeamSpend, AiSpendService } from './ai-spend.service';
