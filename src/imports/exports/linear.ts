import { dayOf } from './cells';
import type { Cells, KnownExport } from './known-export';
import { Unreadable } from './unreadable';

const DAY = 86_400_000;
/** Days that an issue may have been in progress; more is a wrong year. */
const LONGEST = 3_653;

/**
 * Issues as Linear exports them. It knows no work logs: somebody's day is shared out among their issues that were in
 * progress on it, from the day on which an issue was started to the one on which it was completed or cancelled, or to
 * the last day that the file knows of.
 */
export const LINEAR_ISSUES: KnownExport = {
  name: 'linear issues',
  about: "Linear, issues (CSV). It has no work logs: a person's day is shared out among their issues in progress.",
  headers: ['ID', 'Team', 'Title', 'Assignee', 'Started', 'Completed', 'Canceled'],
  columns: {
    who: 'assignee',
    date: 'date',
    amount: 'share',
    project: 'project id',
    'project name': 'project',
    'work item': 'id',
    title: 'title',
  },
  unfolded: {
    headers: ['id', 'title', 'project id', 'project', 'assignee', 'date', 'share'],
    prepare: async (records) => {
      let last = '';
      for await (const { Updated: updated } of records()) {
        const day = dayOf(updated);
        if (day > last && !Number.isNaN(Date.parse(day))) last = day;
      }
      return (cells) => workdays(cells, last).map((date) => ({ ...issue(cells), date, share: '1' }));
    },
  },
  formats: { amount: '1,234.56', date: 'yyyy-mm-dd' },
  settings: { 'amount unit': 'share of the day', 'default source': 'linear' },
};

function issue(cells: Cells): Cells {
  return {
    id: cells['ID'] ?? '',
    title: cells['Title'] ?? '',
    'project id': cells['Project ID'] ?? '',
    project: cells['Project'] ?? '',
    assignee: cells['Assignee'] ?? '',
  };
}

/** Mondays to Fridays on which the issue was in progress; of one that was never started, the day on which it was done. */
function workdays(cells: Cells, last: string): string[] {
  const [started, completed, cancelled] = ['Started', 'Completed', 'Canceled'].map((header) => (cells[header] ?? '').trim());
  if ((cells['Assignee'] ?? '').trim() === '' || !(started || completed)) return [];
  const first = day(started ? 'Started' : 'Completed', started || completed);
  const ended = ['Completed', 'Canceled'].find((header) => (cells[header] ?? '').trim() !== '') ?? 'Updated';
  const end = day(ended, completed || cancelled || last);
  if (end < first) throw new Unreadable('Started', `is after ${ended}`);
  if (end - first > LONGEST * DAY) throw new Unreadable('Started', `is more than ten years before ${ended}`);
  const days: string[] = [];
  for (let time = first; time <= end; time += DAY) {
    if (![0, 6].includes(new Date(time).getUTCDay())) days.push(new Date(time).toISOString().slice(0, 10));
  }
  return days;
}

function day(header: string, text: string | undefined): number {
  const time = Date.parse(dayOf(text));
  if (Number.isNaN(time)) throw new Unreadable(header, 'is no day');
  return time;
}
