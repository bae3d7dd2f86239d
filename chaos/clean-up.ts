const open = new Set<() => Promise<void>>();

/**
 * Runs the work at the end of a part of this program, or when the program is told to stop before: a database server or
 * a replica must not outlive it.
 *
 * @returns the work, which runs once however often it is called
 */
export function atEnd(work: () => Promise<void>): () => Promise<void> {
  const once = async (): Promise<void> => {
    if (open.delete(once)) await work();
  };
  open.add(once);
  return once;
}

/** Runs a program and ends with a status that says whether it went well. */
export function run(main: () => Promise<boolean>): void {
  let leaving = false;
  const leave = async (code: number): Promise<void> => {
    // Told to stop, the work below fails for want of what is being closed; that must not cut the closing short.
    if (leaving) return;
    leaving = true;
    for (const work of [...open].reverse()) await work().catch(() => undefined);
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void leave(130));
  main().then(
    (well) => leave(well ? 0 : 1),
    (error: unknown) => {
      console.error(error);
      return leave(1);
    },
  );
}
