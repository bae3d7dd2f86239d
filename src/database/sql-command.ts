/**
 * The command tag PostgreSQL would report for a statement (SELECT, INSERT, …), read from its text: the embedded driver
 * does not pass the tag on, and TypeORM shapes its result by it. In `WITH … UPDATE` the tag is the main statement's.
 */
export function commandOf(sql: string): string {
  const text = sql.replace(/'(?:[^']|'')*'|"[^"]*"|--[^\n]*|\/\*[\s\S]*?\*\//g, ' ');
  const first = /[a-z]+/i.exec(text)?.[0].toUpperCase() ?? '';
  return first === 'WITH' ? mainCommand(text) : first;
}

function mainCommand(text: string): string {
  let depth = 0;
  for (const [token] of text.matchAll(/[()]|\b(?:select|insert|update|delete|merge)\b/gi)) {
    if (token === '(') depth += 1;
    else if (token === ')') depth -= 1;
    else if (depth === 0) return token.toUpperCase();
  }
  return 'SELECT';
}
