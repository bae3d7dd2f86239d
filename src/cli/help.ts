import type { Command, Option } from './command';
import { COMMANDS } from './commands';
import { PASSWORD_OPTIONS } from './parse';

const optionsOf = (command: Command): [string, Option][] =>
  Object.entries({ ...command.options, ...(command.takesPassword && PASSWORD_OPTIONS) });

const flag = ([name, option]: [string, Option]): string => `--${name}${option.value ? ` <${option.value}>` : ''}`;

/** `plan <tenant> <plan>` */
function synopsis(command: Command): string {
  return [
    command.name,
    ...command.arguments.map(({ name }) => `<${name}>`),
    ...optionsOf(command).map((option) => (option[1].required ? flag(option) : `[${flag(option)}]`)),
  ].join(' ');
}

/** The usage of one command, a line per argument and option. */
export function usage(command: Command): string {
  const rows = [
    ...command.arguments.map(({ name, about }) => [`<${name}>`, about] as const),
    ...optionsOf(command).map(
      (option) => [flag(option), option[1].about + (option[1].fallback ? ` Default: ${option[1].fallback}.` : '')] as const,
    ),
  ];
  return [`Usage: ${synopsis(command)}`, '', command.summary, ...(rows.length > 0 ? ['', ...columns(rows)] : [])].join('\n');
}

/** All commands, a line each. */
export function overview(): string {
  const rows = COMMANDS.map((command) => [command.name, command.summary] as const);
  return [
    'Usage: npm run --silent cli -- <command>',
    '',
    ...columns([...rows, ['help [command]', 'Show this, or how one command is used.']]),
  ].join('\n');
}

/** The same as Markdown, for docs/operations.md. */
export function commandTable(): string {
  const rows = COMMANDS.map((command) => `| \`${synopsis(command)}\` | ${command.summary} |`);
  return ['| Command | What it does |', '| --- | --- |', ...rows].join('\n');
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
