import { ChaosClient } from './client';
import type { Dice } from './dice';
import { Ledger } from './ledger';
import { pause } from './pause';
import type { Stage } from './stage';
import { TenantMarks } from './tenant-marks';
import type { World } from './world';

/** Who clients act for: at acme several roles, at globex its one demo account. */
const ACCOUNTS = [
  ['acme', 'owner@acme.example'],
  ['globex', 'admin@globex.example'],
  ['acme', 'viewer@acme.example'],
  ['acme', 'finance@acme.example'],
  ['globex', 'admin@globex.example'],
  ['acme', 'manager@acme.example'],
] as const;

/** Milliseconds that a client thinks between two steps; no client may meet the limit of token requests per minute. */
const THINKS = [20, 80] as const;

/** Clients of two tenants who go on with their work, whatever happens to the servers. */
export class Crowd {
  private stopping = false;
  private working: Promise<void>[] = [];

  private constructor(
    readonly world: World,
    private readonly clients: readonly ChaosClient[],
    /** Connected, and otherwise idle: its access token stays what it is. */
    readonly bystander: ChaosClient,
    private readonly dice: Dice,
  ) {}

  static async gather(stage: Stage, dice: Dice, size: number): Promise<Crowd> {
    const world = { stage, ledger: new Ledger(), marks: new Map<string, TenantMarks>() };
    const clients = Array.from({ length: size + 1 }, (_, at) => {
      const [slug, email] = ACCOUNTS[at % ACCOUNTS.length] as (typeof ACCOUNTS)[number];
      return new ChaosClient(world, slug, email, dice.fork(), !email.startsWith('viewer'));
    });
    for (const client of clients) {
      await client.register();
      await client.connect();
      if (!world.marks.has(client.slug)) world.marks.set(client.slug, await TenantMarks.of(stage, client.slug, client.accessToken));
    }
    const bystander = clients.pop() as ChaosClient;
    return new Crowd(world, clients, bystander, dice);
  }

  get ledger(): Ledger {
    return this.world.ledger;
  }

  begin(): void {
    this.working = this.clients.map((client) => this.work(client, this.dice.fork()));
  }

  /** Lets everybody finish what they are at, and then prove that they are not locked out. */
  async settle(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.working);
    await Promise.all([...this.clients, this.bystander].map((client) => client.settle()));
    if (this.ledger.total('own marks seen') === 0)
      this.ledger.fault('no answer held a mark of its own tenant: the search for others proves nothing');
  }

  private async work(client: ChaosClient, dice: Dice): Promise<void> {
    while (!this.stopping) {
      await client.step().catch((error: unknown) => this.ledger.fault(String(error)));
      await pause(dice.between(...THINKS));
    }
  }
}
