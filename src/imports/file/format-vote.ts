/**
 * Decides over a whole column which format it is written in: one that fits every value, if there is only one, or if all
 * that fit read each value alike. Otherwise the operator is asked.
 */
export class FormatVote<F extends string> {
  private readonly fits = new Map<F, number>();
  /** How often two formats have read one value differently. */
  private readonly apart = new Set<string>();
  private values = 0;

  constructor(
    private readonly formats: readonly F[],
    private readonly read: (text: string, format: F) => string | undefined,
  ) {}

  see(text: string): void {
    this.values += 1;
    const readings = this.formats.flatMap((format) => {
      const value = this.read(text, format);
      return value === undefined ? [] : [{ format, value }];
    });
    for (const [index, one] of readings.entries()) {
      this.fits.set(one.format, (this.fits.get(one.format) ?? 0) + 1);
      for (const other of readings.slice(0, index)) if (other.value !== one.value) this.apart.add(`${other.format}|${one.format}`);
    }
  }

  /** The format; or the candidates between which the column does not decide, none where hardly anything fits. */
  decide(): { format: F } | { candidates: F[] } {
    const most = Math.max(0, ...this.fits.values());
    // Some junk may be in any column, and refuses its rows; a tenth of it means that the column is something else.
    if (this.values > 0 && most < this.values * 0.9) return { candidates: [] };
    const best = this.formats.filter((format) => (this.fits.get(format) ?? 0) === most);
    const alike = best.every((one, index) => best.slice(0, index).every((other) => !this.apart.has(`${other}|${one}`)));
    return alike && best[0] !== undefined ? { format: best[0] } : { candidates: best };
  }
}
