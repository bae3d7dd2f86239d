import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit';
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

  /** @param say gets each line of the answer; a failure is thrown */
  async execute({ argv, password }: OperatorRequest, say: (line: string) => void): Promise<void> {
    const invocation = parse(argv);
    const event = await invocation.command.run(invocation.input(password), this.services, say);
    if (event) await this.audit.record({ ...event, details: { ...event.details, by: 'operator' } });
  }
}
