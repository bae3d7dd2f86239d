import { pause } from '../pause';
import { allDead, holds, isRefused, Race, times } from './race';
import { Connected, tokensOf } from './track';

const AT_ONCE = 50;
const SWITCH = `update platform.tenant set features = jsonb_set(features, '{mcp_external_access}', $1) where slug = 'acme'`;

export const REFRESH_RACES: readonly Race[] = [
  {
    id: 'RT-3',
    title: `${AT_ONCE} refreshes of one token: all succeed with the same successor`,
    prepare: async (track) => {
      const connections: Connected[] = [];
      while (connections.length < Math.min(40, track.rounds)) connections.push(await track.connected());
      return async (round) => {
        const { client, tokens } = connections[round % connections.length] as Connected;
        const answers = await times(AT_ONCE, (at) => track.refresh(at, client, tokens.refresh_token));
        holds(
          answers.every(({ status }) => status === 200),
          'a parallel refresh was refused',
        );
        const successors = new Set(answers.map((answer) => tokensOf(answer).refresh_token));
        holds(successors.size === 1, `${successors.size} successors of one token`);
        connections[round % connections.length] = { client, tokens: tokensOf(answers[0]!) };
      };
    },
  },
  {
    id: 'RT-4',
    title: 'a used token against its successor: either both in order, or the family ends',
    prepare: async (track) => async (round) => {
      const { client, tokens } = await track.connected();
      const next = tokensOf(await track.refresh(round, client, tokens.refresh_token));
      const [old, fresh] = await Promise.all([
        track.refresh(round, client, tokens.refresh_token),
        track.refresh(round + 1, client, next.refresh_token),
      ]);
      if (isRefused(old)) return allDead(track, client, [fresh], [tokens.refresh_token, next.refresh_token]);
      holds(old.status === 200 && fresh.status === 200, `answered ${old.status} and ${fresh.status}`);
      holds(tokensOf(old).refresh_token === next.refresh_token, 'the used token got another successor');
      holds((await track.refresh(round, client, tokensOf(fresh).refresh_token)).status === 200, 'the newest token does not work');
    },
  },
  {
    id: 'RT-5',
    title: 'a grandparent against its grandchild: the family ends',
    prepare: async (track) => async (round) => {
      const { client, tokens } = await track.connected();
      const second = tokensOf(await track.refresh(round, client, tokens.refresh_token));
      const third = tokensOf(await track.refresh(round + 1, client, second.refresh_token));
      const [old, newest] = await Promise.all([
        track.refresh(round, client, tokens.refresh_token),
        track.refresh(round + 1, client, third.refresh_token),
      ]);
      holds(isRefused(old), `the grandparent was answered ${old.status}`);
      await allDead(track, client, [newest], [tokens.refresh_token, second.refresh_token, third.refresh_token]);
    },
  },
  {
    id: 'RT-8',
    title: 'a revocation against 8 refreshes: once it has returned, no token of the family works',
    prepare: async (track) => async (round) => {
      const { client, tokens } = await track.connected();
      const refreshes = times(8, async (at) => {
        await pause(track.dice.between(0, 12));
        return track.refresh(at, client, tokens.refresh_token);
      });
      await pause(track.dice.between(0, 8));
      const revoked = await track.revoke(round, client, round % 2 === 0 ? tokens.refresh_token : tokens.access_token);
      holds(revoked.status === 200, `the revocation was answered ${revoked.status}`);
      const after = await times(2, (at) => track.status(at, tokens.access_token));
      holds(
        after.every((status) => status === 401),
        'the access token worked after the revocation',
      );
      const answers = await refreshes;
      holds(
        answers.every((answer) => answer.status === 200 || isRefused(answer)),
        'a refresh was refused in other words',
      );
      await allDead(track, client, answers, [tokens.refresh_token]);
    },
  },
  {
    id: 'TEN-7',
    title: 'the toggle turned off against 8 refreshes: all doors shut at once, and no client is locked out afterwards',
    prepare: async (track) => {
      const connections: Connected[] = [];
      while (connections.length < 8) connections.push(await track.connected(track.nextClient()));
      return async (round) => {
        const refreshes = times(connections.length, async (at) => {
          await pause(track.dice.between(0, 12));
          return track.refresh(at, connections[at]!.client, connections[at]!.tokens.refresh_token);
        });
        await pause(track.dice.between(0, 8));
        await track.inspect(SWITCH, ['false']);
        const shut = await times(2, (at) => track.status(at, connections[0]!.tokens.access_token));
        const answers = await refreshes;
        await track.inspect(SWITCH, ['true']);
        holds(
          shut.every((status) => status === 403),
          `answered ${shut.join(', ')} with the toggle off`,
        );
        for (const [at, answer] of answers.entries()) {
          holds(answer.status === 200 || answer.status === 403, `a refresh was answered ${answer.status}`);
          const held = connections[at]!;
          if (answer.status === 200) connections[at] = { client: held.client, tokens: tokensOf(answer) };
        }
        const { client, tokens } = connections[round % connections.length] as Connected;
        const again = await track.refresh(round, client, tokens.refresh_token);
        holds(again.status === 200, `a client was locked out: ${again.status} ${again.body}`);
        connections[round % connections.length] = { client, tokens: tokensOf(again) };
      };
    },
  },
];
