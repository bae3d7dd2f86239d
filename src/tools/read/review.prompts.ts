import { Injectable } from '@nestjs/common';
import type { CallContext } from '../../access';
import { Prompt } from '../../mcp';

/** Starting points that a client offers its user as commands. */
@Injectable()
export class ReviewPrompts {
  @Prompt({
    name: 'org_review',
    title: 'Review the organization',
    description: 'A short review of who works where, who is leaving and whose span of control stands out.',
    toolset: 'people',
    permissions: ['org.read', 'people.read'],
  })
  organization(ctx: CallContext): Promise<string> {
    const steps = [
      `Review the organization ${ctx.orgName} for me with the Flowstate tools.`,
      '1. Call get_organization_context for today, the teams and the counts.',
      '2. Call search_employees with status on_notice, and page on while hasMore is true: who is leaving, from which teams?',
      '3. Call get_employee_details for the managers of the largest teams: how many people report to each?',
      'Answer in at most ten lines: headcount by upper team, departures that leave a gap, and spans of control above 10 or below 3. Name the date of the data. Do not guess figures that no tool returned.',
    ];
    return Promise.resolve(steps.join('\n'));
  }
}
