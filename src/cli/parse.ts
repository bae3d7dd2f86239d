import { parseArgs, ParseArgsConfig } from 'node:util';
import type { FileNames } from './caller';
import { Command, CommandInput, UsageError } from './command';
import { COMMANDS } from './commands';

type Values = Readonly<Record<string, string | boolean | undefined>>;

/** How the password of a command that takes one is to be found. */
export type PasswordSource = { readonly given: string } | 'stdin' | 'none' | 'prompt';

export interface Invocation {
  readonly command: Command;
  readonly password: PasswordSource;
  input(password?: string): CommandInput;
}

export const PASSWORD_OPTIONS = {
  password: { value: 'text', about: 'The password itself; other users of the machine may see it.' },
  'password-stdin': { about: 'Read the password from standard input.' },
  'no-password': { about: 'Create the account without one: it cannot sign in here.' },
} as const;

/** The command whose words these begin with. */
export function commandOf(words: readonly string[]): Command | undefined {
  return COMMANDS.find(({ name }) => name.split(' ').every((word, at) => words[at] === word));
}

/** @throws UsageError for unknown commands and options, and for missing or superfluous arguments */
export function parse(argv: readonly string[]): Invocation {
  const command = commandOf(argv);
  if (command === undefined)
    throw new UsageError(argv.length === 0 ? 'Name a command.' : `There is no command "${argv.slice(0, 2).join(' ')}".`);
  const { values, positionals } = split(command, argv.slice(command.name.split(' ').length));
  if (positionals.length !== command.arguments.length) {
    throw new UsageError(`"${command.name}" takes ${command.arguments.length} arguments, not ${positionals.length}.`, command);
  }
  const missing = Object.entries(command.options ?? {}).find(([name, { required }]) => required && !values[name]);
  if (missing) throw new UsageError(`"${command.name}" needs --${missing[0]}.`, command);
  return {
    command,
    password: passwordSource(command, values),
    input: (password) => ({
      argument: (name) => positionals[command.arguments.findIndex((argument) => argument.name === name)] ?? '',
      option: (name) => (values[name] ?? command.options?.[name]?.fallback ?? '').toString(),
      ...(password !== undefined && { password }),
    }),
  };
}

/** The files that a command may ask for. */
export function fileNames(argv: readonly string[]): FileNames {
  const invocation = parse(argv);
  return invocation.command.files?.(invocation.input()) ?? {};
}

function split(command: Command, args: string[]): { values: Values; positionals: string[] } {
  const declared = { ...command.options, ...(command.takesPassword && PASSWORD_OPTIONS) };
  const options: ParseArgsConfig['options'] = {};
  for (const [name, option] of Object.entries(declared)) options[name] = { type: 'value' in option ? 'string' : 'boolean' };
  try {
    const { values, positionals } = parseArgs({ args, options, strict: true, allowPositionals: true });
    return { values: values as Values, positionals };
  } catch (error) {
    // Node's sentence goes on to explain how to pass arguments that begin with a dash.
    throw new UsageError(`${(error as Error).message.split(/\. /, 1)[0]}.`.replace(/\.\.$/, '.'), command);
  }
}

function passwordSource(command: Command, values: Values): PasswordSource {
  const named = Object.keys(PASSWORD_OPTIONS).filter((name) => values[name] !== undefined);
  if (named.length > 1) throw new UsageError(`Give only one of ${named.map((name) => `--${name}`).join(' and ')}.`, command);
  if (!command.takesPassword || named[0] === 'no-password') return 'none';
  if (named[0] === 'password-stdin') return 'stdin';
  return typeof values['password'] === 'string' ? { given: values['password'] } : 'prompt';
}
