/** Who reports to whom, as far as it can be known, without circles. Everybody is an index of one list; undefined = nobody. */
export class ReportingLines {
  /** @param managers of everybody known; links of people who are not imported stay as they are */
  constructor(private readonly managers: (number | undefined)[]) {}

  managerOf(person: number): number | undefined {
    return this.managers[person];
  }

  /** False, and nothing changed, where the person would report to themselves in the end. */
  link(person: number, manager: number): boolean {
    for (let up: number | undefined = manager; up !== undefined; up = this.managers[up]) if (up === person) return false;
    this.managers[person] = manager;
    return true;
  }

  /** How many managers are above each person; a manager's is always less than their reports'. */
  depths(): Uint32Array {
    const depths = new Uint32Array(this.managers.length);
    const known = new Uint8Array(this.managers.length);
    for (let person = 0; person < depths.length; person += 1) {
      const chain: number[] = [];
      let up: number | undefined = person;
      while (up !== undefined && known[up] === 0) {
        chain.push(up);
        up = this.managers[up];
      }
      let depth = up === undefined ? 0 : (depths[up] as number) + 1;
      for (const one of chain.reverse()) {
        depths[one] = depth;
        known[one] = 1;
        depth += 1;
      }
    }
    return depths;
  }
}
