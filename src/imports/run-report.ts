import type { Tally } from './entity';

/** Lines named of one kind of warning; the number of them is always told. */
const SHOWN = 20;

/** What has been noticed of the rows of one run, and how it is told. Reasons name lines and columns, never what stands there. */
export class RunReport {
  private readonly refusals = new Map<string, { line: number; reason: string }>();
  private readonly warnings = new Map<string, Set<number>>();
  rows = 0;

  get refused(): number {
    return this.refusals.size;
  }

  get warned(): number {
    return [...this.warnings.values()].reduce((sum, lines) => sum + lines.size, 0);
  }

  /** Of one line the same is told once, however many rows an export has in it. */
  refuse = (line: number, reason: string): void => {
    this.refusals.set(JSON.stringify([line, reason]), { line, reason });
  };

  warn = (line: number, reason: string): void => {
    const lines = this.warnings.get(reason);
    if (lines) lines.add(line);
    else this.warnings.set(reason, new Set([line]));
  };

  /** A line per refused row, a line per kind of warning. */
  lines(): string[] {
    const refused = [...this.refusals.values()]
      .sort((a, b) => a.line - b.line)
      .map(({ line, reason }) => `Line ${line} refused: ${reason}.`);
    const warned = [...this.warnings].map(([reason, lines]) => `Warning, ${where(lines)}: ${reason}.`);
    return [...refused, ...warned];
  }

  /** The figures, aligned. */
  table({ created, changed, unchanged, added }: Tally): string[] {
    const figures: [string, number][] = [
      ['created', created],
      ['changed', changed],
      ['unchanged', unchanged],
      ['refused', this.refused],
      ['warnings', this.warned],
      ...Object.entries(added).map(([what, count]): [string, number] => [`new ${what}`, count]),
    ];
    return figures.map(([what, count]) => `  ${what.padEnd(20)}${String(count).padStart(9)}`);
  }
}

function where(lines: ReadonlySet<number>): string {
  const sorted = [...lines].sort((a, b) => a - b);
  const more = sorted.length > SHOWN ? ` and ${sorted.length - SHOWN} more` : '';
  return `${sorted.length === 1 ? 'line' : `${sorted.length} lines:`} ${sorted.slice(0, SHOWN).join(', ')}${more}`;
}
