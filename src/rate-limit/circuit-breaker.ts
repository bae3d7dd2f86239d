/** Thrown instead of asking a store that has just failed several times. */
class CircuitOpenError extends Error {
  override readonly name = 'CircuitOpenError';
}

const FAILURES = 5;
const OPEN_MS = 1_000;

/** After five failures in a row nothing is asked for a second; then one call tries, and the others still do not wait for it. */
export class CircuitBreaker {
  private failures = 0;
  private closedFrom = 0;
  private trying = false;

  async run<T>(work: () => Promise<T>): Promise<T> {
    const broken = this.failures >= FAILURES;
    if (broken && (this.trying || performance.now() < this.closedFrom))
      throw new CircuitOpenError('The store failed several times in a row.');
    this.trying = broken;
    try {
      const result = await work();
      this.failures = 0;
      return result;
    } catch (error) {
      this.failures += 1;
      this.closedFrom = performance.now() + OPEN_MS;
      throw error;
    } finally {
      if (broken) this.trying = false;
    }
  }
}
