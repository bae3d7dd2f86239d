/** Letters that Unicode does not decompose, as the product's search folds them. */
const FOLDED: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ł: 'l', ø: 'o', đ: 'd', ı: 'i', ħ: 'h' };

/** A name without case, accents, punctuation and spacing: "Brandon R. LeBlanc" is "brandon r leblanc". */
export function nameKey(...parts: readonly string[]): string {
  return parts
    .join(' ')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[ßæœłøđıħ]/g, (letter) => FOLDED[letter] as string)
    .replace(/[\p{M}'’`]/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** First and last name of "Last, First" or "First Last". */
function splitName(name: string): { first: string; last: string } {
  const [last, first] = name.split(',', 2).map((part) => part.trim()) as [string, string?];
  if (first) return { first, last };
  const at = last.lastIndexOf(' ');
  return { first: last.slice(0, Math.max(0, at)), last: last.slice(at + 1) };
}

/** How a manager is named, as the key of "First Last". */
export function managerKey(name: string): string {
  const [last, first] = name.split(',', 2).map((part) => part.trim()) as [string, string?];
  return first ? nameKey(first, last) : nameKey(last);
}

export interface PersonName {
  readonly first: string;
  readonly last: string;
}

export function nameOf(values: Readonly<Record<string, string>>): PersonName {
  const full = values['full name'];
  if (full !== undefined) return splitName(full);
  return { first: values['first name'] ?? '', last: values['last name'] ?? '' };
}
