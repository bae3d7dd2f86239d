/** Limits per address are not what is tested. */
export function anyAddress(): string {
  const part = (): number => 1 + Math.floor(Math.random() * 250);
  return `10.${part()}.${part()}.${part()}`;
}
