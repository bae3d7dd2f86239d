import type { AuditEvent } from '../audit';
import type { Caller, FileNames } from './caller';
import type { OperatorServices } from './operator-services';

export interface Argument {
  readonly name: string;
  readonly about: string;
}

export interface Option {
  /** How the value is called in the usage; an option without one is a switch. */
  readonly value?: string;
  readonly fallback?: string;
  readonly required?: boolean;
  readonly about: string;
}

/** What a command was given, complete and known. */
export interface CommandInput {
  argument(name: string): string;
  /** The option's value, else its fallback, else an empty text. */
  option(name: string): string;
  /** Only for commands that take one; never in `option`, so that nothing prints it. */
  readonly password?: string;
}

/** One command of the operator: its usage, help and documentation are made from this. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly arguments: readonly Argument[];
  readonly options?: Readonly<Record<string, Option>>;
  /** True where it takes a password: by --password, --password-stdin or a prompt. */
  readonly takesPassword?: boolean;
  /** The files of the operator that it may ask for, as they were named. */
  readonly files?: (input: CommandInput) => FileNames;
  /** Changes what it is for, tells the operator by `say`, and returns the event that the audit trail keeps of it. */
  readonly run: (
    input: CommandInput,
    services: OperatorServices,
    say: (line: string) => void,
    caller: Caller,
  ) => Promise<AuditEvent | undefined>;
}

/** A command that ended in the middle of its work: the sentence for the operator, and the event of what was done. */
export class UnfinishedError extends Error {
  override readonly name = 'UnfinishedError';

  constructor(
    sentence: string,
    readonly event: AuditEvent,
  ) {
    super(sentence);
  }
}

/** The words were not understood; shown with the usage of the command. */
export class UsageError extends Error {
  override readonly name = 'UsageError';

  constructor(
    sentence: string,
    readonly command?: Command,
  ) {
    super(sentence);
  }
}
