/** An edit that does not hold; the sentence is for the person who made it. */
export class EditRefused extends Error {
  override readonly name = 'EditRefused';
}

interface DatabaseFault {
  readonly code?: string;
  readonly constraint?: string;
}

/** What the rules of live data mean to whoever edits them, by part of their names. */
const RULES: readonly (readonly [name: RegExp, sentence: string])[] = [
  [/employee_email/, 'Somebody who is employed at the same time has this e-mail address.'],
  [/_email_check/, 'The e-mail address is no address.'],
  [/terms_cover/, 'The terms would not cover the whole employment without gap or overlap.'],
  [/manager_graph|manager_id_check|employment_terms_check1/, 'With this manager somebody would report to themselves.'],
  [/team_tree|team_check|parent_team_id_check/, 'With this parent the team would be below itself.'],
  [/team_name_among_siblings/, 'Another team directly below the same one has this name.'],
  [/one_open_primary/, 'Another main allocation is open: end that one first.'],
  [/fte_check/, 'The FTE is out of range: above 0, and at most 2 for one person.'],
  [/effective_(date|from)|scope_date/, 'There is one from this day already: open that one.'],
  [/(employee|contractor|project|allocation|ai_agent)_check$/, 'The end is before the start.'],
  [/vacancy_check\d$/, 'Pay has two ends and a currency, or none of them; who fills a vacancy is named where it is filled.'],
  [/vacancy_check$/, 'The highest pay is below the lowest.'],
  [/project_check1/, 'An estimated cost needs a currency.'],
];

/** A rule of the database that an edit broke, as a refusal; anything else as it is. Its own words may quote data and never leave. */
export function refusalOf(error: unknown): unknown {
  const { code = '', constraint = '' } = (error as { driverError?: DatabaseFault }).driverError ?? {};
  if (!/^2[23]/.test(code)) return error;
  const sentence = RULES.find(([name]) => name.test(constraint))?.[1];
  return new EditRefused(sentence ?? 'The values do not fit together or are out of range: look at dates, amounts and lengths.');
}
