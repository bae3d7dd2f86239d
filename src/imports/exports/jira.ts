import type { Cells, KnownExport } from './known-export';

/** Pairs of columns that name a person and give the id that work logs have. */
const PEOPLE = ['Assignee', 'Reporter', 'Creator', 'Project lead'];

/**
 * Issues as Jira exports them (CSV, all fields): each work log is a cell of its own, "comment;date;author;seconds", in a
 * column "Log Work" that is there as often as the issue with the most has work logs.
 */
export const JIRA_ISSUES: KnownExport = {
  name: 'jira issues',
  about: 'Jira, issues with work logs (CSV, all fields). Authors whose id the file does not explain: [values of who].',
  headers: ['Issue key', 'Log Work'],
  columns: {
    who: 'author',
    date: 'date',
    amount: 'seconds',
    project: 'project key',
    'project name': 'project name',
    'work item': 'issue key',
    title: 'summary',
  },
  unfolded: {
    headers: ['issue key', 'summary', 'project key', 'project name', 'author', 'date', 'seconds'],
    prepare: async (records) => {
      const names = new Map<string, string>();
      for await (const cells of records()) {
        for (const who of PEOPLE) {
          const id = (cells[`${who} Id`] ?? cells[`${who} id`] ?? '').trim();
          if (id !== '') names.set(id, (cells[who] ?? '').trim());
        }
      }
      return (cells) => workLogs(cells).map(({ author, ...log }) => ({ ...issue(cells), ...log, author: names.get(author) ?? author }));
    },
  },
  formats: { amount: '1,234.56' },
  settings: { 'amount unit': 'seconds', 'default source': 'jira' },
};

function issue(cells: Cells): Cells {
  return {
    'issue key': cells['Issue key'] ?? '',
    summary: cells['Summary'] ?? '',
    'project key': cells['Project key'] ?? '',
    'project name': cells['Project name'] ?? '',
  };
}

/** A comment may have semicolons of its own, so that the last three parts count. */
function workLogs(cells: Cells): { author: string; date: string; seconds: string }[] {
  return Object.entries(cells).flatMap(([header, text]) => {
    if (!/^Log Work( \(\d+\))?$/.test(header) || text.trim() === '') return [];
    const [date = '', author = '', seconds = ''] = text
      .split(';')
      .slice(-3)
      .map((part) => part.trim());
    return [{ author, date, seconds }];
  });
}
