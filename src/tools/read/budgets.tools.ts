import { Injectable } from '@nestjs/common';
import type { CallContext } from '../../access';
import { ReadTool } from '../../mcp';
import { BudgetsService } from '../../projects';
import { GetBudgetStatus } from './budgets.input';
import { BudgetStatus } from './budgets.output';

@Injectable()
export class BudgetTools {
  constructor(private readonly budgets: BudgetsService) {}

  @ReadTool({
    name: 'get_budget_status',
    title: 'Get budget status',
    description: 'Budgets in force by scope, with the planned cost of their period and what of it is spent.',
    toolset: 'finance',
    permissions: ['budgets.read'],
    input: GetBudgetStatus,
    output: BudgetStatus,
  })
  status(ctx: CallContext, input: GetBudgetStatus): Promise<BudgetStatus> {
    return this.budgets.status(ctx, input);
  }
}
