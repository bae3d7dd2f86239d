import type { Layout } from '../file/table';

/** What stands where the operator has to decide. */
export const ASK = '?';

/** How one file is read: proposed by the tool, confirmed by the operator. */
export interface Mapping extends Layout {
  /** Field → header of its column. */
  readonly columns: Readonly<Record<string, string>>;
  /** Field → format of its dates or numbers. */
  readonly formats: Readonly<Record<string, string>>;
  /** Field → what the file writes → what is meant. */
  readonly values: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly settings: Readonly<Record<string, string>>;
}

/** A mapping with what the operator should know of each line, by "section key". */
export interface Proposal {
  readonly mapping: Mapping;
  readonly notes: Readonly<Record<string, string>>;
  readonly ignored: readonly string[];
}

/** What is still open, as "section: key". */
export function openQuestions({ columns, formats, values, settings }: Mapping): string[] {
  const sections = [
    ...([
      ['columns', columns],
      ['formats', formats],
      ['settings', settings],
    ] as const),
    ...Object.entries(values).map(([field, meanings]) => [`values of ${field}`, meanings] as const),
  ];
  return sections.flatMap(([name, section]) =>
    Object.entries(section)
      .filter(([, value]) => value === ASK)
      .map(([key]) => `[${name}] ${key}`),
  );
}
