import { ask } from './ask';
import type { Stage } from './stage';
import { decodeJwt } from '../test/support/oauth-flow';
import type { Answer } from './ask';

/** What gives a tenant away wherever it turns up: ids and addresses that no other tenant has. */
export class TenantMarks {
  private readonly pattern: RegExp;

  private constructor(words: readonly string[]) {
    this.pattern = new RegExp(words.map((word) => word.replace(/[.*+?^$()|[\]{}\\]/g, '\\$&')).join('|'), 'i');
  }

  /** Collected by somebody of the tenant who may see everything. */
  static async of(stage: Stage, slug: string, accessToken: string): Promise<TenantMarks> {
    const { tid, org, sub } = decodeJwt(accessToken).claims as Record<string, string>;
    const params = { name: 'search_employees', arguments: { limit: 100, status: 'all' } };
    const answer = await ask({
      ...{ port: stage.port, host: stage.host(slug), path: '/api/mcp' },
      headers: { authorization: `Bearer ${accessToken}` },
      json: { jsonrpc: '2.0', id: 1, method: 'tools/call', params },
    });
    const people = [...new Set(answer?.body.match(/emp_[0-9a-z]+/g))];
    if (people.length < 20) throw new Error(`Only ${people.length} people of ${slug} were found: ${answer?.body.slice(0, 200)}`);
    return new TenantMarks([`${slug}.localhost`, `@${slug}.example`, ...people, ...[tid, org, sub].map(String)]);
  }

  /** The first mark in the bytes of an answer. */
  in({ headers, body }: Answer): string | undefined {
    return this.pattern.exec(body)?.[0] ?? this.pattern.exec(JSON.stringify(headers))?.[0];
  }
}
