export const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Asks again until it holds. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, within: number): Promise<void> {
  for (const began = Date.now(); !(await holds()); await pause(20)) {
    if (Date.now() - began > within) throw new Error(`Not within ${within} ms: ${what}.`);
  }
}
