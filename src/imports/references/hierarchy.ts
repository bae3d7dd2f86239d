/** What is below what (reports below managers, teams below teams), without circles. Each thing is an index of one list; undefined = nothing. */
export class Hierarchy {
  /** @param parents of all that is known; those of things that are not imported stay as they are */
  constructor(private readonly parents: (number | undefined)[]) {}

  above(one: number): number | undefined {
    return this.parents[one];
  }

  /** False, and nothing changed, where it would be below itself in the end. */
  link(one: number, parent: number): boolean {
    for (let up: number | undefined = parent; up !== undefined; up = this.parents[up]) if (up === one) return false;
    this.parents[one] = parent;
    return true;
  }

  /** How many are above each; a parent's is always less than its children's. */
  depths(): Uint32Array {
    const depths = new Uint32Array(this.parents.length);
    const known = new Uint8Array(this.parents.length);
    for (let one = 0; one < depths.length; one += 1) {
      const chain: number[] = [];
      let up: number | undefined = one;
      while (up !== undefined && known[up] === 0) {
        chain.push(up);
        up = this.parents[up];
      }
      let depth = up === undefined ? 0 : (depths[up] as number) + 1;
      for (const next of chain.reverse()) {
        depths[next] = depth;
        known[next] = 1;
        depth += 1;
      }
    }
    return depths;
  }
}
