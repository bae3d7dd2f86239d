import { Html, html } from '../../pages';
import type { ImpactSeries } from './impact.service';

const WIDTH = 640;
const HEIGHT = 200;
const LEFT = 70;
const BOTTOM = 24;
const TOP = 12;

const TITLES = { headcount: 'Headcount at the end of the month', cost_total: 'Cost per month' } as const;

/** Live against plan as two lines, with the same figures as a table for who does not see it. */
export function impactChart(series: ImpactSeries): Html {
  const { metric, months, live, plan, currency } = series;
  const title = currency === undefined ? TITLES[metric] : `${TITLES[metric]} in ${currency}`;
  const scale = scaleOf([...live, ...plan].filter((value): value is number => value !== null));
  return html`<figure class="chart">
    <figcaption>${title}</figcaption>
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}: live and with the scenario, ${months.length} months">
      ${[scale.low, (scale.low + scale.high) / 2, scale.high].map(
        (value) =>
          html`<line class="grid" x1="${LEFT}" x2="${WIDTH}" y1="${y(value, scale)}" y2="${y(value, scale)}" />
            <text class="tick" x="${LEFT - 8}" y="${y(value, scale) + 4}" text-anchor="end">${short(value)}</text>`,
      )}
      ${months.map((month, index) =>
        index % 6 === 0
          ? html`<text class="tick" x="${x(index, months.length)}" y="${HEIGHT - 4}" text-anchor="middle">${month}</text>`
          : '',
      )}
      <polyline class="line live" points="${points(live, scale)}" />
      <polyline class="line plan" points="${points(plan, scale)}" />
    </svg>
    <p class="legend"><span class="live">Live</span> <span class="plan">With the scenario</span></p>
    ${figures(series, title)}
  </figure>`;
}

function figures({ months, live, plan }: ImpactSeries, title: string): Html {
  return html`<details>
    <summary>Figures</summary>
    <div class="scroll" role="region" aria-label="${title}" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">Month</th>
            <th scope="col">Live</th>
            <th scope="col">Scenario</th>
            <th scope="col">Difference</th>
          </tr>
        </thead>
        <tbody>
          ${months.map(
            (month, index) =>
              html`<tr>
                <th scope="row">${month}</th>
                <td>${long(live[index])}</td>
                <td>${long(plan[index])}</td>
                <td>${signed(live[index], plan[index])}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`;
}

interface Scale {
  readonly low: number;
  readonly high: number;
}

/** Room above and below, so that a flat line is a line in the middle. */
function scaleOf(values: readonly number[]): Scale {
  const [low, high] = [Math.min(...values, Infinity), Math.max(...values, -Infinity)];
  if (low > high) return { low: 0, high: 1 };
  const room = Math.max((high - low) * 0.15, high * 0.02, 1);
  return { low: Math.max(0, low - room), high: high + room };
}

const x = (index: number, count: number): number => Math.round(LEFT + 12 + (index * (WIDTH - LEFT - 40)) / Math.max(1, count - 1));

const y = (value: number, { low, high }: Scale): number => Math.round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - (value - low) / (high - low)));

function points(values: readonly (number | null)[], scale: Scale): string {
  return values.flatMap((value, index) => (value === null ? [] : [`${x(index, values.length)},${y(value, scale)}`])).join(' ');
}

const SHORT = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const LONG = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
const SIGNED = new Intl.NumberFormat('en', { maximumFractionDigits: 2, signDisplay: 'exceptZero' });

const short = (value: number): string => SHORT.format(value);
const long = (value: number | null | undefined): string => (value == null ? '–' : LONG.format(value));

export function signed(live: number | null | undefined, plan: number | null | undefined): string {
  return live == null || plan == null ? '–' : SIGNED.format(plan - live);
}
