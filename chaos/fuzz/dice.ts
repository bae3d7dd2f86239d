/** Random choices that are the same for the same seed and index on every machine, so that any input can be made again. */
export class Dice {
  private state: number;

  constructor(seed: number, index: number) {
    // Neighbouring indexes must not give neighbouring inputs: both numbers are mixed before the first throw.
    this.state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(index + 1, 0xc2b2ae35);
    for (let round = 0; round < 4; round += 1) this.next();
  }

  /** 0 ≤ x < 1 (mulberry32). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 up to, not including, `count`. */
  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  /** One of the ways, each taken in proportion to its weight. */
  way<T>(ways: readonly (readonly [weight: number, make: () => T])[]): T {
    let left = this.next() * ways.reduce((sum, [weight]) => sum + weight, 0);
    const found = ways.find(([weight]) => (left -= weight) < 0) ?? ways.at(-1);
    return (found as readonly [number, () => T])[1]();
  }

  /** Up to `most` of what is made, at least `least`. */
  several<T>(least: number, most: number, make: () => T): T[] {
    return Array.from({ length: least + this.below(most - least + 1) }, make);
  }
}
