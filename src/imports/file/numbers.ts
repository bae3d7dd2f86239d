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

/** What exports write where a day or a number is missing. */
export const isNothing = (text: string): boolean => /^(?:-*|n\/?a|null|none|0{4}[-/.]?00[-/.]?00)$/i.test(text);

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

/** The plain decimal of 1.2E+06, as spreadsheets write large numbers; undefined for other texts. */
export function parseExponent(text: string): string | undefined {
  const [, number, exponent] = /^(-?\d+(?:\.\d+)?)e([+-]?\d{1,2})$/i.exec(text) ?? [];
  return number === undefined ? undefined : shifted(number, Number(exponent));
}

/** A plain decimal times a power of ten, by its digits. */
function shifted(number: string, places: number): string {
  if (places === 0) return number;
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(number) ?? [];
  const point = whole.length + places;
  const digits = `${'0'.repeat(Math.max(0, 1 - point))}${whole}${fraction}`.padEnd(point, '0');
  const at = Math.max(1, point);
  const rest = withoutLastZeros(digits.slice(at));
  return `${sign}${digits.slice(0, at).replace(/^0+(?=\d)/, '')}${rest && `.${rest}`}`;
}

function withoutLastZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end -= 1;
  return digits.slice(0, end);
}

/** A hundredth of a plain decimal. */
export const hundredth = (number: string): string => shifted(number, -2);
