import type { Entity, Field, OrganizationFacts } from '../entity';
import type { KnownExport } from '../exports/known-export';
import { DATE_FORMATS } from '../file/dates';
import { NUMBER_FORMATS } from '../file/numbers';
import { ImportError } from '../import-error';
import { ASK, Mapping, openQuestions } from './mapping';

/** Formats that a column of this kind may have. */
function formatsOf(kind: Field['kind']): readonly string[] {
  if (kind === 'date') return DATE_FORMATS;
  return kind === 'number' ? NUMBER_FORMATS : [];
}

/**
 * All that keeps a mapping from being used on a file with these headers, at once.
 * @throws ImportError
 */
export function checkMapping(entity: Entity, mapping: Mapping, headers: readonly string[], file: string): void {
  const open = openQuestions(mapping).map((question) => `${question} has to be filled in`);
  const faults =
    open.length > 0
      ? open
      : [
          ...exportFaults(entity, mapping),
          ...columnFaults(entity, mapping, headers),
          ...formatFaults(entity, mapping),
          ...settingFaults(entity, mapping),
        ];
  if (faults.length > 0) throw new ImportError(`${file} cannot be used yet:\n${faults.map((fault) => `  ${fault}.`).join('\n')}`);
}

function exportFaults({ exports = [] }: Entity, { export: given }: Mapping): string[] {
  const names = exports.map(({ name }) => name);
  return given === undefined || names.includes(given) ? [] : [`[file] export is one of ${names.join(', ') || 'none'}`];
}

function columnFaults(entity: Entity, { columns }: Mapping, headers: readonly string[]): string[] {
  const mapped = new Set(Object.keys(columns));
  const known = new Set(entity.fields.map(({ name }) => name));
  const incomplete = entity.incomplete?.(mapped);
  return [
    ...[...mapped]
      .filter((name) => !known.has(name))
      .map((name) => `[columns] there is no field "${name}"; the fields are ${[...known].join(', ')}`),
    ...Object.entries(columns).flatMap(([name, header]) =>
      headers.includes(header) ? [] : [`[columns] ${name}: the file has no column "${header}"`],
    ),
    ...entity.fields.filter(({ name, required }) => required && !mapped.has(name)).map(({ name }) => `[columns] ${name} is needed`),
    ...(incomplete === undefined ? [] : [`[columns] ${incomplete}`]),
  ];
}

function formatFaults(entity: Entity, { columns, formats, values }: Mapping): string[] {
  const texts = entity.fields.filter(({ kind }) => kind === 'text' || kind === 'choice').map(({ name }) => name);
  const strangers = Object.keys(values).filter((name) => !texts.includes(name));
  if (strangers.length > 0) return strangers.map((name) => `[values of ${name}] there is no field "${name}" that has texts`);
  return entity.fields
    .filter(({ name }) => name in columns)
    .flatMap(({ name, kind, choices }) => {
      const allowed = formatsOf(kind);
      if (allowed.length > 0 && !allowed.includes(formats[name] ?? '')) return [`[formats] ${name} is one of ${allowed.join(', ')}`];
      const words = Object.keys(choices ?? {});
      const strange = choices && Object.values(values[name] ?? {}).find((word) => !words.includes(word));
      return strange === undefined ? [] : [`[values of ${name}] a value means one of ${words.join(', ')}`];
    });
}

function settingFaults(entity: Entity, { columns, settings }: Mapping): string[] {
  const mapped = new Set(Object.keys(columns));
  const known = new Map(entity.settings.map((setting) => [setting.name, setting]));
  return [
    ...Object.keys(settings)
      .filter((name) => !known.has(name))
      .map((name) => `[settings] there is no setting "${name}"`),
    ...entity.settings.flatMap(({ name, needed, optional, valid, about }) => {
      const value = settings[name] ?? '';
      if (value === '') return needed(mapped) && !optional ? [`[settings] ${name} is needed: ${about}`] : [];
      return valid(value) ? [] : [`[settings] ${name}: ${about}`];
    }),
  ];
}

/** The settings that these columns need, as far as they can be proposed. */
export function proposeSettings(
  entity: Entity,
  columns: Readonly<Record<string, string>>,
  organization: OrganizationFacts,
  known: KnownExport | undefined,
): Record<string, string> {
  const mapped = new Set(Object.keys(columns));
  const asked = entity.settings.filter(({ needed }) => needed(mapped));
  return Object.fromEntries(
    asked.map(({ name, propose, optional }) => [
      name,
      known?.settings?.[name] ?? propose({ organization, columns }) ?? (optional ? '' : ASK),
    ]),
  );
}
