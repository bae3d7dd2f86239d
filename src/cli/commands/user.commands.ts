import { TenancyError } from '../../tenants';
import type { Command } from '../command';

const EMAIL = { name: 'email', about: 'E-mail address; one account per address.' };

function statusCommand(verb: 'disable' | 'enable', summary: string): Command {
  const status = verb === 'disable' ? 'disabled' : 'active';
  return {
    name: `user ${verb}`,
    summary,
    arguments: [EMAIL],
    run: async (input, services, say) => {
      const user = await services.user(input.argument('email'));
      await services.users.setStatus(user.id, status);
      say(`Account ${user.email} is ${status}.`);
      return { kind: 'user.changed', outcome: 'ok', userId: user.id, details: { status } };
    },
  };
}

export const USER_COMMANDS: readonly Command[] = [
  {
    name: 'user create',
    summary: 'Create an account; "member add" lets it into an organization.',
    arguments: [EMAIL, { name: 'name', about: 'Name of the person.' }],
    takesPassword: true,
    run: async (input, { users }, say) => {
      const email = input.argument('email');
      if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw new TenancyError(`"${email}" is not an e-mail address.`);
      if (await users.findByEmail(email)) throw new TenancyError(`There is an account with the e-mail address "${email}" already.`);
      const user = await users.create(email, input.argument('name'), input.password);
      say(`Created account ${user.email} (${user.id}).`);
      return { kind: 'user.created', outcome: 'ok', userId: user.id };
    },
  },
  statusCommand('disable', 'Refuse an account at every entrance at once; its connections stop.'),
  statusCommand('enable', 'Let a disabled account in again.'),
];
