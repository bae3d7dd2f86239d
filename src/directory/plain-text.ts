/** A record as lines of text for a reader who has no use for JSON: `start date: 2024-01-01`, inner records indented. */
export function plainText(record: object, indent = ''): string {
  return Object.entries(record)
    .flatMap(([name, value]) => lines(inWords(name), value as unknown, indent))
    .join('\n');
}

function lines(name: string, value: unknown, indent: string): string[] {
  if (Array.isArray(value)) {
    if (value.length === 0) return [];
    return [`${indent}${name}:`, ...value.map((one: unknown) => `${indent}- ${inLine(one)}`)];
  }
  if (typeof value !== 'object' || value === null || isReference(value)) return [`${indent}${name}: ${inLine(value)}`];
  return [`${indent}${name}:`, plainText(value, `${indent}  `)];
}

function inLine(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return value.map(inLine).join(', ');
  if (isReference(value)) return `${value.name} (${value.id})`;
  return Object.entries(value)
    .map(([name, one]) => `${inWords(name)} ${inLine(one)}`)
    .join(', ');
}

function isReference(value: object): value is { id: string; name: string } {
  return Object.keys(value).sort().join() === 'id,name';
}

/** `startDate` → `start date`; `ai_agents` → `ai agents`. */
function inWords(name: string): string {
  return name.replace(/_/g, ' ').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
