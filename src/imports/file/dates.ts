/** How a column writes its days; leading zeros may be missing and a time of day may follow. */
const FORMATS = {
  'yyyy-mm-dd': /^(?<y>\d{4})-(?<m>\d{1,2})-(?<d>\d{1,2})$/,
  'yyyy/mm/dd': /^(?<y>\d{4})\/(?<m>\d{1,2})\/(?<d>\d{1,2})$/,
  'yyyy.mm.dd': /^(?<y>\d{4})\.(?<m>\d{1,2})\.(?<d>\d{1,2})\.?$/,
  yyyymmdd: /^(?<y>\d{4})(?<m>\d{2})(?<d>\d{2})$/,
  'dd.mm.yyyy': /^(?<d>\d{1,2})\.(?<m>\d{1,2})\.(?<y>\d{4})$/,
  'dd/mm/yyyy': /^(?<d>\d{1,2})\/(?<m>\d{1,2})\/(?<y>\d{4})$/,
  'mm/dd/yyyy': /^(?<m>\d{1,2})\/(?<d>\d{1,2})\/(?<y>\d{4})$/,
  'dd-mm-yyyy': /^(?<d>\d{1,2})-(?<m>\d{1,2})-(?<y>\d{4})$/,
  'mm-dd-yyyy': /^(?<m>\d{1,2})-(?<d>\d{1,2})-(?<y>\d{4})$/,
  'dd/mon/yyyy': /^(?<d>\d{1,2})[/-](?<m>[A-Za-z]{3})[/-](?<y>\d{4}|\d{2})$/,
} as const;

export type DateFormat = keyof typeof FORMATS;
export const DATE_FORMATS = Object.keys(FORMATS) as DateFormat[];

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const TIME = /[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[AaPp][Mm])?(Z|[+-]\d{2}:?\d{2})?$/;

/** `YYYY-MM-DD`, or undefined for what is no day in this format. */
export function parseDate(text: string, format: DateFormat): string | undefined {
  const { y, m, d } = FORMATS[format].exec(text.replace(TIME, ''))?.groups ?? {};
  if (y === undefined || m === undefined || d === undefined) return undefined;
  const month = /\d/.test(m) ? m : String(MONTHS.indexOf(m.toLowerCase()) + 1);
  const iso = `${y.padStart(4, '20')}-${month.padStart(2, '0')}-${d.padStart(2, '0')}`;
  const day = new Date(`${iso}T00:00:00Z`);
  const real = Number(iso.slice(0, 4)) >= 1800 && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(iso);
  return real ? iso : undefined;
}
