import { Browser } from '../../test/support/browser';
import { connect, Connection, register, revoke } from '../../test/support/oauth-flow';
import type { Product } from '../../test/support/product';
import type { Facts } from './facts';
import { endSession, learnFacts, openSession } from './learn';
import type { Canaries } from './oracles';
import { passingSecrets } from './passing';
import { survives } from './survivor';
import type { Secrets } from './template';

const PASSWORD = 'flowstate-demo';
const person = (name: string, host = 'acme'): { email: string; password: string } => ({
  email: `${name}@${host}.example`,
  password: PASSWORD,
});

/** The demo tenants as the fuzz sees them: connections that have to last, and things that inputs may use up. */
export class World {
  private passing: Partial<Secrets> = {};

  private constructor(
    private readonly product: Product,
    readonly facts: Facts,
    readonly canaries: Canaries,
    private readonly survivor: Connection,
    private readonly lasting: Partial<Secrets>,
  ) {}

  static async open(product: Product): Promise<World> {
    const survivor = await connect(product.origin('acme'), person('owner'));
    const foreign = await connect(product.origin('globex'), person('admin', 'globex'));
    const { facts, canaries } = await learnFacts(product, survivor.access_token, foreign.access_token);
    const lasting = await lastingSecrets(product, survivor, foreign);
    const world = new World(product, facts, canaries, survivor, lasting);
    await world.renew();
    return world;
  }

  get secrets(): Secrets {
    return { ...this.lasting, ...this.passing } as Secrets;
  }

  /** In a browser of its own each time, because inputs sign theirs out. New codes, refresh tokens, sessions and forms in place of those that inputs have used up; never the survivor's. */
  async renew(): Promise<void> {
    const acme = this.product.origin('acme');
    const { access_token: token } = this.survivor;
    const passing = await passingSecrets(acme, this.survivor.client, person('member'), new Browser());
    this.passing = {
      ...passing,
      session: await openSession(acme, token, '2025-06-18'),
      endingSession: await openSession(acme, token, '2025-06-18'),
    };
  }

  survives(): Promise<boolean> {
    return survives(this.product.origin('acme'), this.survivor);
  }
}

async function lastingSecrets(product: Product, survivor: Connection, foreign: Connection): Promise<Partial<Secrets>> {
  const acme = product.origin('acme');
  const { client, access_token: bearer } = survivor;
  const viewer = await connect(acme, person('viewer'), { client });
  const narrow = await connect(acme, person('admin'), { client, scope: 'openid profile mcp:use people.read' });
  const bare = await connect(product.origin(), person('owner'));
  const revoked = await connect(acme, person('finance'), { client });
  await revoke(acme, client, revoked.access_token);
  const publicClient = await register(acme, { token_endpoint_auth_method: 'none' });
  const endedSession = await openSession(acme, bearer, '2025-06-18');
  await endSession(acme, bearer, endedSession);
  return {
    bearer,
    viewer: viewer.access_token,
    narrow: narrow.access_token,
    bare: bare.access_token,
    foreign: foreign.access_token,
    revoked: revoked.access_token,
    client: client.id,
    clientSecret: client.secret ?? '',
    publicClient: publicClient.id,
    foreignClient: foreign.client.id,
    batchSession: await openSession(acme, bearer, '2025-03-26'),
    endedSession,
  };
}
