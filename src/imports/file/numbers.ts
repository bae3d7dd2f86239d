/** How a column writes its numbers, shown on an example. */
const FORMATS = {
  '1,234.56': { group: ',', decimal: '.' },
  '1.234,56': { group: '.', decimal: ',' },
  '1 234,56': { group: ' ', decimal: ',' },
  '1 234.56': { group: ' ', decimal: '.' },
  "1'234.56": { group: "'", decimal: '.' },
} as const;

export type NumberFormat = keyof typeof FORMATS;
export const NUMBER_FORMATS = Object.keys(FORMATS) as NumberFormat[];

const PATTERNS = Object.fromEntries(
  NUMBER_FORMATS.map((format) => {
    const { group, decimal } = FORMATS[format];
    const [g, d] = [group, decimal].map((one) => `\\${one}`);
    return [format, new RegExp(`^-?(\\d{1,3}(${g}\\d{3})+|\\d+)(${d}\\d+)?$`)];
  }),
) as Record<NumberFormat, RegExp>;

/** A plain decimal ("1234.56"), or undefined for what is no number in this format. A currency before or after it and a per cent sign are dropped. */
export function parseNumber(text: string, format: NumberFormat): string | undefined {
  const bare = text
    .replace(/^(?:\p{Sc}|[A-Z]{3}(?= ?[-\d]))|(?:\p{Sc}|[A-Z]{3}|%)$/gu, '')
    .trim()
    .replace(/\s/g, ' ')
    .replace(/’/g, "'");
  if (!PATTERNS[format].test(bare)) return undefined;
  const { group, decimal } = FORMATS[format];
  return bare.replaceAll(group, '').replace(decimal, '.');
}

/** A hundredth of a plain decimal, by its digits. */
export function hundredth(number: string): string {
  const [whole = '', fraction = ''] = number.split('.');
  const digits = whole.padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}${fraction}`;
}
