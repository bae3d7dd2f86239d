/**
 * What the catalogue and typical answers cost a model, in tokens, on the demo: npm run tokens. Starts the built product
 * with an empty database, or on the server that DATABASE_URL names.
 */
import { DEMO_PASSWORD } from '../src/imports';
import { mcpClient } from '../test/support/mcp-client';
import { startProduct } from '../test/support/product';
import { tokensOf, ToolTokens, totals } from './token-counts';

async function main(): Promise<void> {
  const product = await startProduct();
  try {
    const client = await mcpClient(product.origin('acme'), { email: 'owner@acme.example', password: DEMO_PASSWORD });
    const counts = await tokensOf(client);
    await client.close();
    const reads = counts.filter((one) => one.reads);
    print('tool', 'declared', 'listed', 'typical answer');
    for (const one of [...counts].sort((a, b) => b.declared - a.declared)) print(one.name, one.declared, one.listed, one.answer ?? '');
    printSum('all that read', reads);
    printSum(
      'all that write',
      counts.filter((one) => !one.reads),
    );
    printSum('all', counts);
  } finally {
    await product.stop();
  }
}

function printSum(name: string, counts: readonly ToolTokens[]): void {
  const { declared, listed } = totals(counts);
  print(`${name} (${counts.length})`, declared, listed, '');
}

function print(name: string, ...cells: (string | number)[]): void {
  console.log(name.padEnd(32) + cells.map((cell) => String(cell).padStart(16)).join(''));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
