import { addDays, daysBetween } from './days';
import { Dice } from './dice';
import { RowSet } from './rows';
import { Person } from './workforce-data';

const DAYS = 730;

interface System {
  name: string;
  provider: string;
  models: readonly [string, ...string[]];
  /** US dollars per million tokens: input, output. */
  price: readonly [number, number];
}

const CODING: readonly System[] = [
  { name: 'Cursor', provider: 'Cursor', models: ['claude-sonnet-4.5', 'gpt-5'], price: [3, 15] },
  { name: 'Claude Code', provider: 'Anthropic', models: ['claude-sonnet-4.5', 'claude-opus-4.5'], price: [4, 20] },
  { name: 'GitHub Copilot', provider: 'GitHub', models: ['gpt-5'], price: [1.5, 10] },
];
const CHATTING: readonly System[] = [
  { name: 'ChatGPT', provider: 'OpenAI', models: ['gpt-5'], price: [1.25, 10] },
  { name: 'Gemini', provider: 'Google', models: ['gemini-2.5-pro'], price: [1.25, 10] },
];

/** Accounts that belong to nobody the organization knows. */
const STRANGERS = ['ci-runner', 'shared-prototype', 'former.agency@partners.example', 'lab-key-7'];

/** Two years of daily AI usage: ever more people, and some accounts that match nobody. */
export class AiUsage {
  constructor(
    private readonly rows: RowSet,
    private readonly today: string,
    private readonly dice: Dice,
  ) {}

  /** Of those who code most use AI, some of them two systems; of the others one in eight. */
  use(person: Person, codes: boolean): void {
    const { dice } = this;
    if (!dice.chance(codes ? 0.65 : 0.12)) return;
    const systems = [dice.pick(codes ? CODING : CHATTING), ...(dice.chance(0.15) ? [dice.pick(CHATTING)] : [])];
    for (const system of new Set(systems)) {
      const first = addDays(this.today, -Math.floor(DAYS * Math.min(1, 1.2 * dice.next() ** 1.5))); // one in nine from the start
      const [from, to] = [first > person.start ? first : person.start, person.end];
      this.account(system, person.email, person.id, from, to);
    }
  }

  useByStrangers(): void {
    for (const [index, account] of STRANGERS.entries())
      this.account((index % 2 ? CHATTING : CODING)[0] as System, account, null, addDays(this.today, -90 * (index + 1)), null);
  }

  private account(system: System, account: string, employee: string | null, from: string, to: string | null): void {
    const { dice } = this;
    const last = to !== null && to < this.today ? to : addDays(this.today, -1);
    const span = daysBetween(from, last);
    if (span < 1) return;
    const id = dice.id('acc');
    this.rows.add('ai_account', { id, provider: system.provider, account, employee_id: employee });
    const [habit, appetite] = [0.1 + dice.next() * 0.4, 0.3 + dice.next() * 2.5];
    for (let day = 0; day <= span; day += 1) {
      const date = addDays(from, day);
      const weekend = new Date(date).getUTCDay() % 6 === 0;
      if (dice.chance(weekend ? habit / 20 : habit)) this.day(system, id, date, appetite * (0.5 + (0.5 * day) / span));
    }
  }

  private day(system: System, account: string, day: string, appetite: number): void {
    const { dice } = this;
    const sessions = dice.int(1, 9);
    const input = Math.round(sessions * appetite * (90_000 + dice.next() * 160_000));
    const output = Math.round(input * (0.04 + dice.next() * 0.06));
    const cost = ((input * system.price[0] + output * system.price[1]) / 1_000_000).toFixed(6);
    this.rows.add('ai_usage_day', {
      ...{ account_id: account, day, system: system.name, model: dice.pick(system.models), input_tokens: input, output_tokens: output },
      ...{ cached_tokens: Math.round(input * dice.next() * 3), sessions, cost, currency: 'USD' },
    });
  }
}
