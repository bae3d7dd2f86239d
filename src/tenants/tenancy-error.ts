/** A change that cannot be made as asked; the sentence tells the operator what is wrong. */
export class TenancyError extends Error {
  override readonly name = 'TenancyError';
}

/** One row, or the sentence that says why there is none. */
export function required<T>(row: T | undefined, sentence: string): T {
  if (row === undefined) throw new TenancyError(sentence);
  return row;
}
