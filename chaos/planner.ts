import type { Ledger } from './ledger';

/** Calls a tool until it is answered; undefined where the answer is that trying again may help. */
export type CallTool = (name: string, args: object) => Promise<Record<string, unknown> | undefined>;

/** Which word the consistency queries know the scenarios and rows of these clients by. */
export const MARK = 'Chaos';

interface Step {
  readonly tool: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/**
 * Builds a scenario, call by call. Who does not hear what became of a call makes it again with the same key: then it is
 * done once, however often the server died under it.
 */
export class Planner {
  private planId: string | undefined;
  private places: Readonly<Record<string, unknown>> | undefined;
  private pending: Step | undefined;
  private steps = 0;

  constructor(
    private readonly call: CallTool,
    private readonly ledger: Ledger,
    private readonly name: string,
  ) {}

  async write(): Promise<void> {
    this.pending ??= await this.next();
    if (this.pending === undefined) return;
    const { tool, args } = this.pending;
    const answer = await this.call(tool, { ...args, idempotencyKey: `${this.name} ${this.steps}` });
    if (answer === undefined) return;
    this.planId ??= answer['planId'] as string;
    for (const id of answer['changeIds'] as string[]) this.ledger.change(id);
    this.ledger.count('scenario writes');
    this.pending = undefined;
    this.steps += 1;
  }

  private async next(): Promise<Step | undefined> {
    const title = `${MARK} ${this.name} ${this.steps}`;
    if (this.planId === undefined) return { tool: 'create_scenario', args: { title } };
    this.places ??= await this.findPlaces();
    const { planId, places } = this;
    if (this.steps % 2 === 1) return { tool: 'add_team', args: { planId, name: title } };
    // Several rows in one call: a person, terms, and pay where the account may plan it.
    return places && { tool: 'add_employee', args: { planId, ...places, firstName: 'New', lastName: title, startDate: '2031-01-01' } };
  }

  private async findPlaces(): Promise<Readonly<Record<string, unknown>> | undefined> {
    const roles = await this.call('list_job_roles', { limit: 1 });
    const geographies = await this.call('get_geographies', { limit: 1 });
    const id = (found: Record<string, unknown> | undefined): unknown => (found?.['items'] as { id: string }[] | undefined)?.[0]?.id;
    return roles && geographies && { jobRoleId: id(roles), geographyId: id(geographies) };
  }
}
