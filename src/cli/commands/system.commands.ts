import { TenancyError } from '../../tenants';
import type { Command } from '../command';

export const SYSTEM_COMMANDS: readonly Command[] = [
  {
    name: 'keys list',
    summary: 'List the keys that access tokens are signed and verified with.',
    arguments: [],
    run: async (_input, { keys }, say) => {
      const signing = keys.signing().kid;
      for (const { kid } of keys.jwks().keys as { kid: string }[])
        say(`${kid}  ${kid === signing ? 'signs' : 'verifies until its tokens have expired'}`);
      return undefined;
    },
  },
  {
    name: 'keys rotate',
    summary: 'Sign with a new key from now on; tokens of the old one stay valid until they expire.',
    arguments: [],
    run: async (_input, { keys }, say) => {
      const kid = await keys.rotate();
      say(`New tokens are signed with key ${kid}.`);
      return { kind: 'key.rotated', outcome: 'ok', details: { kid } };
    },
  },
  {
    name: 'demo seed',
    summary: 'Fill an empty database with the demo tenants; never in production.',
    arguments: [],
    run: async (_input, { demo, config }, say) => {
      if (config.production) throw new TenancyError('The demo has accounts with a known password: it is never seeded in production.');
      if (!(await demo.seedIfEmpty())) throw new TenancyError('The database holds a tenant already: the demo goes into an empty one only.');
      say('Seeded the demo tenants.');
      return { kind: 'demo.seeded', outcome: 'ok' };
    },
  },
];
