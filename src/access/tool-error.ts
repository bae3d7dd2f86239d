/** The codes of domain.md §8: what a model can tell apart and act on. */
export type ToolErrorCode =
  | 'PERMISSION_DENIED'
  | 'SCOPE_MISSING'
  | 'TOOL_DISABLED'
  | 'SCENARIO_REQUIRED'
  | 'SCENARIO_NOT_EDITABLE'
  | 'NOT_FOUND'
  | 'AMBIGUOUS'
  | 'VALIDATION'
  | 'CONFLICTS_PRESENT'
  | 'LIVE_MOVED'
  | 'PLAN_MOVED'
  | 'CONFIRMATION_REQUIRED'
  | 'SUPPRESSED'
  | 'FX_MISSING'
  | 'RESULT_TOO_LARGE'
  | 'INTERNAL';

export interface ToolErrorExtras {
  /** The next step, for a reader with no context. */
  readonly hint?: string;
  /** Whether the model can call again as the hint says; false where that takes a person with other rights, or other settings. */
  readonly retryable?: boolean;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** A refusal that reaches the model as it is: the message says what is wrong, the hint what to do next. */
export class ToolError extends Error {
  override readonly name = 'ToolError';

  constructor(
    readonly code: ToolErrorCode,
    message: string,
    readonly extras: ToolErrorExtras = {},
  ) {
    super(message);
  }
}
