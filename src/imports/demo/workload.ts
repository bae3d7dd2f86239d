import { Person } from './workforce-data';

/** A stretch of planned project work. Both days included; no `to` = open. */
export interface Span {
  projectId: string;
  from: string;
  to: string | null;
  fte: number;
}

/** Who is planned for which project, and so who has time left. */
export class Workload {
  private readonly spans = new Map<string, Span[]>();

  add(subjectId: string, span: Span): void {
    this.spans.set(subjectId, [...this.of(subjectId), span]);
  }

  of(subjectId: string): readonly Span[] {
    return this.spans.get(subjectId) ?? [];
  }

  during(subjectId: string, from: string, to: string | null): readonly Span[] {
    return this.of(subjectId).filter((span) => (to === null || span.from <= to) && (span.to === null || span.to >= from));
  }

  /** What of the contracted FTE is left for the whole interval, in tenths. */
  free(person: Person, from: string, to: string | null): number {
    const taken = this.during(person.id, from, to).reduce((sum, span) => sum + span.fte, 0);
    return Math.floor((person.fte - taken) * 10 + 0.001) / 10;
  }
}
