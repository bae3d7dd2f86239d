import { Injectable } from '@nestjs/common';
import { type AuditEvent, AuditService } from '../audit';
import type { Caller } from './caller';
import { UnfinishedError } from './command';
import { OperatorServices } from './operator-services';
import { parse } from './parse';

/** A command as it travels from the command line to whoever has the database. */
export interface OperatorRequest {
  readonly argv: readonly string[];
  readonly password?: string;
}

/** Runs commands, and keeps each change in the audit trail. */
@Injectable()
export class OperatorService {
  constructor(
    private readonly services: OperatorServices,
    private readonly audit: AuditService,
  ) {}

  /** Answers the caller; a failure is thrown. */
  async execute({ argv, password }: OperatorRequest, caller: Caller): Promise<void> {
    const invocation = parse(argv);
    try {
      const say = (line: string): void => caller.say(line);
      await this.record(await invocation.command.run(invocation.input(password), this.services, say, caller));
    } catch (error) {
      if (error instanceof UnfinishedError) await this.record(error.event);
      throw error;
    }
  }

  private async record(event: AuditEvent | undefined): Promise<void> {
    if (event) await this.audit.record({ ...event, details: { ...event.details, by: 'operator' } });
  }
}
