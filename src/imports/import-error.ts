/** The import cannot go on; the sentence tells the operator what to do. Like every message of an import it holds no value of the file. */
export class ImportError extends Error {
  override readonly name = 'ImportError';
}
