import { pkce, redirected, toConsent } from '../../test/support/oauth-flow';
import { PASSWORD } from '../approver';
import { pause } from '../pause';
import { allDead, holds, isRefused, Race, times } from './race';
import { tokensOf } from './track';

const AT_ONCE = 50;

export const CODE_RACES: readonly Race[] = [
  {
    id: 'TOK-8',
    title: `${AT_ONCE} redemptions of one code: exactly one succeeds, and the others end the connection (TOK-7)`,
    prepare: async (track) => async () => {
      const from = await track.code();
      const before = track.again;
      const answers = await times(AT_ONCE, (at) => track.redeem(at, from));
      const good = answers.filter(({ status }) => status === 200);
      // Whoever was asked to try again may have been the one: then its second try ended the connection.
      const none = good.length === 0 && track.again > before;
      holds(good.length === 1 || none, `${good.length} redemptions of one code succeeded`);
      holds(
        answers.every((answer) => answer.status === 200 || isRefused(answer)),
        'a redemption was refused in other words',
      );
      await allDead(track, from.client, good, []);
    },
  },
  {
    id: 'TOK-7',
    title: 'a second redemption while the first one’s tokens are refreshed: nothing of the family survives',
    prepare: async (track) => async (round) => {
      const { client, tokens, from } = await track.connected();
      const refreshes = times(6, async (at) => {
        await pause(track.dice.between(0, 6));
        return track.refresh(at, client, tokens.refresh_token);
      });
      holds(isRefused(await track.redeem(round, from)), 'a code was redeemed twice');
      await allDead(track, client, await refreshes, [tokens.refresh_token]);
      holds((await track.status(round, tokens.access_token)) === 401, 'an access token outlived its connection');
    },
  },
  {
    id: 'CONS-10',
    title: '10 approvals of one consent page: exactly one code, and it works',
    prepare: async (track) => async (round) => {
      const client = track.nextClient();
      const { verifier, challenge } = pkce();
      const user = { email: 'viewer@acme.example', password: PASSWORD };
      const { browser, page } = await toConsent(track.stage.origin('acme'), user, client, challenge, {
        browser: track.browserOf('viewer'),
      });
      const pages = await times(10, () => browser.submit(page, { decision: 'approve' }));
      track.requests += pages.length;
      const again = pages.filter(({ status }) => status === 503).length;
      track.again += again;
      const codes = pages.filter(({ headers }) => headers.has('location')).map((one) => redirected(one)['code'] as string);
      if (codes.length === 0 && again > 0) return;
      holds(codes.length === 1, `${codes.length} codes came of one consent`);
      holds(
        pages.every(({ status }) => [303, 403, 503].includes(status)),
        'a second approval was answered in another way',
      );
      const answer = await track.redeem(round, { client, code: codes[0] as string, verifier });
      holds(answer.status === 200, 'the one code did not work');
      holds((await track.revoke(round, client, tokensOf(answer).refresh_token)).status === 200, 'it could not be revoked');
    },
  },
  {
    id: 'CONS-11',
    title: 'a revocation in Settings while the code is redeemed: afterwards no token works',
    prepare: async (track) => async (round) => {
      const from = await track.code('member');
      const browser = track.browserOf('member');
      const page = await browser.get(`${track.stage.origin('acme')}/settings/api-keys`);
      const forms = page.forms.filter(({ action }) => action.endsWith('/revoke'));
      holds(forms.length === 1, `${forms.length} connections stand in Settings, not one`);
      const { action, fields } = forms[0] as (typeof forms)[number];
      const redeemed = pause(track.dice.between(0, 20)).then(() => track.redeem(round, from));
      const answer = await browser.post(new URL(action, page.url).href, { ...fields, password: PASSWORD });
      track.requests += 2;
      holds(answer.status === 200 && answer.url.includes('revoked=1'), `the revocation was answered ${answer.status}`);
      const outcome = await redeemed;
      holds(outcome.status === 200 || isRefused(outcome), `the redemption was answered ${outcome.status}`);
      await allDead(track, from.client, [outcome], []);
    },
  },
];
