import { Browser, LoadedPage } from '../test/support/browser';
import { authorizeUrl, Client, pkce, redirected, signIn } from '../test/support/oauth-flow';
import { PATIENCE, World } from './world';
import type { Dice } from './dice';
import { pause } from './pause';

export const PASSWORD = 'flowstate-demo';

/** An address of its own, so that limits per address are not what is met. */
export function newAddress(): string {
  const part = (): number => 1 + Math.floor(Math.random() * 254);
  return `10.${part()}.${part()}.${part()}`;
}

/** The person behind a client: signs in once, and then only approves. */
export class Approver {
  private readonly headers: Record<string, string> = { 'x-forwarded-for': newAddress() };
  private readonly browser = new Browser(this.headers);
  private signedIn = false;

  constructor(
    private readonly world: World,
    private readonly slug: string,
    private readonly email: string,
    private readonly dice: Dice,
  ) {}

  /** Starts over until the client has a code in its hands. */
  async approve(client: Client): Promise<{ code: string; verifier: string }> {
    for (const began = Date.now(); Date.now() - began < PATIENCE;) {
      const { verifier, challenge } = pkce();
      const code = await this.attempt(authorizeUrl(this.world.stage.origin(this.slug), client, challenge));
      if (code !== undefined) return { code, verifier };
      await pause(this.dice.between(20, 120));
    }
    throw new Error(`Nobody at ${this.slug} could approve a connection for ${PATIENCE} ms.`);
  }

  private async attempt(url: string): Promise<string | undefined> {
    const { ledger } = this.world;
    let page = await this.load(() => this.browser.get(url));
    if (page?.forms.some(({ fields }) => 'password' in fields)) {
      if (this.signedIn) ledger.fault(`${this.slug}: somebody was signed out`);
      page = await this.load(() => signIn(this.browser, page as LoadedPage, { email: this.email, password: PASSWORD }));
    }
    if (page && /Choose an organization<\/h1>/.test(page.html)) page = await this.load(() => this.browser.submit(page as LoadedPage, {}));
    if (!page) return undefined;
    if (!page.html.includes('value="approve"')) {
      ledger.fault(`${this.slug}: no consent page but ${page.status}: ${/<main[\s\S]{0,300}/.exec(page.html)?.[0]}`);
      return undefined;
    }
    this.signedIn = true;
    return this.decide(page);
  }

  private async decide(page: LoadedPage): Promise<string | undefined> {
    const { ledger } = this.world;
    const tag = ledger.tag();
    this.headers['user-agent'] = tag;
    const decided = await this.load(() => this.browser.submit(page, { decision: 'approve' }));
    delete this.headers['user-agent'];
    ledger.count('approve');
    if (!decided) return undefined;
    ledger.expected.set(tag, { kinds: ['grant.created'], what: 'an approval' });
    const { code } = redirected(decided);
    if (code === undefined) throw new Error(`No code at ${decided.url}.`);
    ledger.code(code);
    return code;
  }

  /** Nothing where no complete page came, or one that says to try again. */
  private async load(visit: () => Promise<LoadedPage>): Promise<LoadedPage | undefined> {
    const { ledger, slug } = { ledger: this.world.ledger, slug: this.slug };
    // fetch gives all network failures as a TypeError; anything else is a fault of this program.
    const page = await visit().catch((error: unknown) => {
      if (error instanceof TypeError) return undefined;
      throw error;
    });
    const headers = Object.fromEntries(page?.headers ?? []);
    if (ledger.judge('page', page && { status: page.status, headers, body: page.html })) return undefined;
    for (const [other, marks] of this.world.marks) {
      const seen = other === slug || !page ? undefined : marks.in({ status: page.status, headers, body: page.html });
      if (seen !== undefined) ledger.fault(`${slug}: a page holds "${seen}" of ${other}`);
    }
    return page;
  }
}
