/** Values of a statement; only ever their numbers are part of its text. */
export class Parameters {
  readonly values: unknown[];

  constructor(orgId: string) {
    this.values = [orgId];
  }

  /** The place of a value in the text. */
  add(value: unknown, type: string): string {
    return `$${this.values.push(value)}::${type}`;
  }
}
