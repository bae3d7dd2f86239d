/** Thrown where an export has something that cannot be read; says the column and what is wrong with it, never what stands there. */
export class Unreadable extends Error {
  constructor(column: string, wrong: string) {
    super(`column ${column} ${wrong}`);
  }
}
