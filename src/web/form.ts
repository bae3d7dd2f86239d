/** One text field of a posted form; absent where it is missing, repeated or not a text. */
export function textOf(form: unknown, name: string): string | undefined {
  if (typeof form !== 'object' || form === null) return undefined;
  const value = (form as Record<string, unknown>)[name];
  return typeof value === 'string' ? value : undefined;
}
