import type { Entity, Values } from '../entity';
import type { Mapping } from '../mapping/mapping';
import { EMPLOYEE_FIELDS } from './employee-fields';
import { EmployeeInspector } from './employee-inspector';
import { EMPLOYEE_SETTINGS } from './employee-settings';
import { nameOf } from '../references/names';

/** Employees: everything but how they are written. */
export const EMPLOYEE: Omit<Entity, 'apply'> = {
  name: 'employees',
  noun: 'employee',
  key: 'employee number',
  example: `Employee ID;First name;Last name;Work email;Start date;End date;Job title;Department;Location;Annual salary;Currency;Manager ID
1;Ada;Amber;ada@example.com;2019-02-28;;Head of Engineering;Engineering;Berlin;120000;EUR;
2;Ben;Beige;ben@example.com;2022-10-17;2026-03-31;Engineer;Platform;Berlin;78000;EUR;1`,
  fields: EMPLOYEE_FIELDS,
  settings: EMPLOYEE_SETTINGS,
  inspector: () => new EmployeeInspector(),
  incomplete: (mapped) => {
    if (!mapped.has('full name') && !(mapped.has('first name') && mapped.has('last name')))
      return 'first name and last name, or full name, are needed';
    return mapped.has('manager number') && mapped.has('manager name')
      ? 'a manager is found by manager number or by manager name, not both'
      : undefined;
  },
  wrong: (values, mapping) => RULES.map((rule) => rule(values, mapping)).find((fault) => fault !== undefined),
};

type Rule = (values: Values, mapping: Mapping) => string | undefined;

/** What the database would refuse, said before it does and in the words of the file. */
const RULES: readonly Rule[] = [
  (values) => {
    const { first, last } = nameOf(values);
    return first === '' || last === '' ? 'the name is not complete' : undefined;
  },
  (values) => ((values['end date'] ?? '9999') < (values['start date'] as string) ? 'end date is before start date' : undefined),
  (values) =>
    values['status'] === 'left' && values['end date'] === undefined ? 'status says that the person left, but end date is blank' : undefined,
  (values) => (/^[^\s@]+@[^\s@]+$/.test(values['email'] ?? 'a@b') ? undefined : 'email is no address'),
  (values) => (/^[A-Za-z]{2}$/.test(values['country'] ?? 'XX') ? undefined : 'country is no code of two letters'),
  (values) => (/^[A-Za-z]{3}$/.test(values['currency'] ?? 'XXX') ? undefined : 'currency is no code of three letters'),
  (values, { settings }) => {
    const fte = Number(values['fte'] ?? '0.5') / (settings['fte unit'] === 'percent' && 'fte' in values ? 100 : 1);
    return fte >= 0.001 && fte <= 2 ? undefined : 'fte is not between 0 and 2';
  },
  ...['job role', 'location', 'work type'].map(
    (name): Rule =>
      (values, { settings }) =>
        values[name] === undefined && !settings[`default ${name}`] ? `${name} is blank, and the mapping has no default` : undefined,
  ),
  (values, { columns, settings }) =>
    'salary' in values && 'currency' in columns && values['currency'] === undefined && !settings['currency']
      ? 'currency is blank'
      : undefined,
];
